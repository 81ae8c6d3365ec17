// Seals what a device keeps for somebody. Anything can be closed at any time, with the half of a key pair that lies here
// in the clear; the half that opens lies here sealed with its person's key, which the server has: it opens for whoever has
// signed in, and stays open for a day's work without network. What nobody signed in did has nobody's seal.
const Seal = (get, set) => {
  'use strict';
  const WORKDAY = 12 * 36e5, CURVE = { name: 'ECDH', namedCurve: 'P-256' }, POINT = 65, NONCE = 12;
  const text = (bytes) => btoa(Array.from(new Uint8Array(bytes), (c) => String.fromCharCode(c)).join('')); // a signature is too long to be passed as arguments
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const shared = (key, their, use) => crypto.subtle.deriveKey({ name: 'ECDH', public: their }, key, { name: 'AES-GCM', length: 256 }, false, [use]);
  const secret = (b) => crypto.subtle.importKey('pkcs8', b, CURVE, false, ['deriveKey']);
  const ask = async (to, field, value) => {
    const answer = await fetch('/device/' + to, { method: 'POST', body: new URLSearchParams({ [field]: value }) });
    if (!answer.ok) throw new Error('locked');
    return Object.values(await answer.json())[0];
  };

  // close gives the sealed bytes: a point of the curve made for this alone, a nonce, the rest. Null: nobody's, or no lock yet.
  const close = async (who, what) => {
    const lock = who && await get('lock:' + who);
    if (!lock) return null;
    const once = await crypto.subtle.generateKey(CURVE, true, ['deriveKey']), iv = crypto.getRandomValues(new Uint8Array(NONCE));
    const shut = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await shared(once.privateKey, lock.close, 'encrypt'), new TextEncoder().encode(what));
    return new Uint8Array(await new Blob([await crypto.subtle.exportKey('raw', once.publicKey), iv, shut]).arrayBuffer());
  };
  const openWith = async (key, shut) => {
    const point = await crypto.subtle.importKey('raw', shut.slice(0, POINT), CURVE, false, []), iv = shut.slice(POINT, POINT + NONCE);
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await shared(key, point, 'decrypt'), shut.slice(POINT + NONCE)));
  };
  const open = async (who, shut) => {
    const o = await get('open');
    return o && o.who === who && o.until > Date.now() ? openWith(o.key, shut).catch(() => null) : null;
  };

  // unlock makes somebody's lock if there is none, and has the server open it. Without network what is open stays so for its time.
  const unlock = async (who) => {
    const o = await get('open');
    let lock = await get('lock:' + who);
    if (lock && o?.who === who && o.until > Date.now() + WORKDAY / 2) return;
    if (!lock) {
      const pair = await crypto.subtle.generateKey(CURVE, true, ['deriveKey']);
      lock = { close: pair.publicKey, shut: await ask('lock', 'key', text(await crypto.subtle.exportKey('pkcs8', pair.privateKey))) };
      await set('lock:' + who, lock);
    }
    await set('open', { who, key: await secret(bytes(await ask('unlock', 'lock', lock.shut))), until: Date.now() + WORKDAY });
  };

  // Pages that name people are kept sealed too; what cannot be sealed is not kept.
  const keepPage = async (path, answer, who) => {
    const shut = await close(who, await answer.text());
    if (shut) await (await caches.open('mine')).put(path, new Response(shut, { headers: { ...Object.fromEntries(answer.headers), 'X-Sealed-For': who } }));
  };
  const openPage = async (kept) => {
    const page = kept && await open(kept.headers.get('X-Sealed-For'), new Uint8Array(await kept.arrayBuffer()));
    return page ? new Response(page, { headers: kept.headers }) : null;
  };

  // A file of what waits is sealed as it waits. It opens where its person has signed in, on another device too.
  const pack = async (items) => {
    const locks = {};
    for (const { who, shut } of items) if (shut) locks[who] = (await get('lock:' + who)).shut;
    return JSON.stringify({ tremplin: 2, locks, items: items.map(({ n, shut, ...item }) => ({ ...item, shut: shut && text(shut) })) });
  };
  const unpack = async (file) => {
    const { locks, items } = JSON.parse(file), keys = {};
    for (const [who, lock] of Object.entries(locks)) {
      keys[who] = await secret(bytes(await ask('unlock', 'lock', lock)));
      await unlock(who);
    }
    return Promise.all(items.map(async ({ shut, ...item }) => shut ? { ...item, ...JSON.parse(await openWith(keys[item.who], bytes(shut))) } : item));
  };
  return { close, open, unlock, keepPage, openPage, pack, unpack };
};
