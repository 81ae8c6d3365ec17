// What waits on this device to be sent, and what it must know without network. Pages and the service worker
// share it. Items are forms as they would have been posted: { id, at, who, lang, action, form, refused? }. What is
// somebody's is sealed (seal.js).
const Store = (() => {
  'use strict';
  const wrap = (request) => new Promise((ok, no) => { request.onsuccess = () => ok(request.result); request.onerror = () => no(request.error); });
  let base;
  const open = () => base ||= new Promise((ok, no) => {
    const asked = indexedDB.open('tremplin', 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('items', { keyPath: 'n', autoIncrement: true }).createIndex('id', 'id', { unique: true });
      asked.result.createObjectStore('meta');
    };
    asked.onsuccess = () => { asked.result.onversionchange = () => { asked.result.close(); base = null; }; ok(asked.result); };
    asked.onerror = () => { base = null; no(asked.error); };
  });
  // A write counts when it is on the disk, not when it was asked for.
  const write = async (store, act) => {
    const t = (await open()).transaction(store, 'readwrite', { durability: 'strict' });
    const done = new Promise((ok, no) => { t.oncomplete = ok; t.onabort = t.onerror = () => no(t.error); });
    const result = await wrap(act(t.objectStore(store)));
    await done;
    return result;
  };
  const read = async (store, act) => wrap(act((await open()).transaction(store).objectStore(store)));
  const get = (key) => read('meta', (s) => s.get(key)), set = (key, value) => write('meta', (s) => s.put(value, key));
  const seal = Seal(get, set);
  const close = async ({ action, form, lang, ...item }) => {
    const shut = await seal.close(item.who, JSON.stringify({ action, form, lang }));
    return shut ? { ...item, shut } : { ...item, action, form, lang };
  };
  const disclose = async ({ shut, ...item }) => {
    if (!shut) return item;
    const text = await seal.open(item.who, shut);
    return text ? { ...item, ...JSON.parse(text) } : { ...item, locked: true };
  };
  const add = async (item) => {
    const closed = await close(item);
    return write('items', (s) => s.add(closed)).catch((e) => { if (e?.name !== 'ConstraintError') throw e; }); // it is there already
  };
  const raw = () => read('items', (s) => s.getAll());

  // Ids are UUIDs of version 7: they begin with the time.
  const id = () => {
    const b = crypto.getRandomValues(new Uint8Array(16)), now = Date.now();
    for (let i = 0; i < 6; i++) b[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 255;
    b[6] = b[6] & 15 | 112;
    b[8] = b[8] & 63 | 128;
    const hex = [...b].map((v) => v.toString(16).padStart(2, '0')).join('');
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
  };
  return {
    id, add, raw, get, set, seal,
    all: async () => Promise.all((await raw()).map(disclose)),
    put: async (item) => { const closed = await close(item); return write('items', (s) => s.put(closed)); },
    remove: (n) => write('items', (s) => s.delete(n)),
    wipe: () => { base?.then((d) => d.close()); base = null; return wrap(indexedDB.deleteDatabase('tremplin')); },
  };
})();
