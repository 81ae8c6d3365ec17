// The service worker: what was taken along opens without network, and what is posted then waits. It never
// takes over from an older one by itself, so that no page is made of two versions.
'use strict';
importScripts('/seal.js', '/store.js');

const PATIENCE = 4000; // for a page that is here too
const HOPE = 15000; // for a form: then it waits on the device

const within = (promise, ms) => new Promise((ok, no) => { const t = setTimeout(no, ms, new Error('slow')); promise.then(ok, no).finally(() => clearTimeout(t)); });
const go = (to) => Response.redirect(new URL(to, location.origin), 303);
const match = async (cache, key, how) => (await caches.has(cache)) && (await (await caches.open(cache)).match(key, how));

// kept finds a page on this device: in the language that was read last, else in any.
const kept = async (url) => {
  const mine = await Store.seal.openPage(await match('mine', url.pathname + url.search) || await match('mine', url.pathname, { ignoreSearch: true }));
  if (mine) return mine;
  const lang = await Store.get('lang').catch(() => '');
  const wanted = url.pathname === '/' ? '/phone' : url.pathname;
  const exact = await match('taken', wanted + '?in=' + lang);
  if (exact) return exact;
  if (!(await caches.has('taken'))) return null;
  const keys = await (await caches.open('taken')).keys();
  const other = keys.find((k) => new URL(k.url).pathname === wanted);
  if (other) return match('taken', other);
  const inside = wanted.match(/^\/learn\/([^/]+)(\/next)?$/);
  if (inside && keys.some((k) => new URL(k.url).pathname === `/learn/${inside[1]}/1`)) {
    return go(`/learn/${inside[1]}/${await Store.get('at:' + inside[1]).catch(() => 0) || 1}`);
  }
  return null;
};

const page = async (request) => {
  const url = new URL(request.url);
  const here = await kept(url);
  if (here && url.searchParams.has('kept')) return here; // what was just answered is judged on this page
  try {
    const answer = await within(fetch(request), here ? PATIENCE : 60000);
    if (answer.ok && !answer.redirected && await match('mine', url.pathname + url.search)) {
      await Store.seal.keepPage(url.pathname + url.search, answer.clone(), await Store.get('who')); // the latest is what counts without network
    }
    return answer;
  } catch {
    return here || await kept(new URL('/phone', location.origin)) || Response.error();
  }
};

const LATE = /^\/learn\/[^/]+\/(\d+|remark)$|^\/sessions\/[^/]+\/(start|rest|end)$/;

// posted sends a form; without network the form waits on the device, and the reader goes on.
const posted = async (request, url) => {
  const copy = request.clone();
  try {
    return await within(fetch(request), HOPE);
  } catch {
    const form = new URLSearchParams(await copy.formData());
    if (url.pathname === '/language') {
      await Store.set('lang', form.get('lang'));
      return go(form.get('to') || '/');
    }
    if (await Store.get('shared').catch(() => true)) return Response.error(); // nothing is kept on a shared device
    const item = { id: form.get('cid') || Store.id(), at: Date.now(), who: await Store.get('who') || '', lang: await Store.get('lang') || '', action: url.pathname, form: String(form) };
    await Store.add(item);
    return go((form.get('to') || url.pathname.replace(/\/(start|rest|end)$/, '')) + '?kept=' + item.id);
  }
};

const file = async (request) => {
  const here = await caches.match(request);
  if (here) return here;
  const answer = await fetch(request);
  if (answer.ok && new URL(request.url).pathname.startsWith('/assets/')) await (await caches.open('shell')).put(request, answer.clone());
  return answer;
};

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === 'navigate' && request.method === 'GET') event.respondWith(page(request));
  else if (request.mode === 'navigate' && (LATE.test(url.pathname) || url.pathname === '/language')) event.respondWith(posted(request, url));
  else if (request.method === 'GET' && /^\/(assets|media)\/|^\/(icon\.svg|manifest\.webmanifest)$/.test(url.pathname)) event.respondWith(file(request));
});
