// What a device of one's own keeps: modules taken along, answers judged without network, and what waits to be
// sent. On a shared device it keeps nothing. It holds no words; they come from the page.
(() => {
  'use strict';
  const html = document.documentElement, d = html.dataset;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, values, ...children) => { const e = Object.assign(document.createElement(tag), values); e.append(...children); return e; };
  const words = (text, values) => (text || '').replace(/{(\w+)}/g, (whole, name) => values[name] ?? whole);
  const able = window.indexedDB && window.caches && navigator.serviceWorker;
  const keeps = able && 'keeps' in d;
  let ready;

  // know notes who reads here, from a page of the server: one that was taken along is nobody's.
  const know = async () => {
    if ('taken' in d) return;
    await Store.set('shared', !keeps);
    if (!keeps) return;
    if (await Store.get('who') !== d.who) await forgetPages(); // what was kept for somebody else is not shown to this one
    await Store.set('who', d.who);
    if (d.who) await Store.seal.unlock(d.who).catch(() => {}); // without network, or signed out by now: it stays as it is
    await Store.set('lang', html.lang);
  };

  /* Sending: on load, when the network is back, when somebody looks again; one tab at a time */

  const PARCEL = 50;
  const send = async (items) => {
    let device = await Store.get('device');
    if (!device) await Store.set('device', device = Store.id());
    const body = JSON.stringify({ now: Date.now(), device, items: items.map(({ id, at, who, lang, action, form }) => ({ id, at, who, lang, action, form })) });
    const answer = await fetch('/outbox', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    if (!answer.ok) throw Object.assign(new Error('refused'), { status: answer.status });
    return new Map((await answer.json()).receipts.map((r) => [r.id, r]));
  };
  const settle = async (item, receipt) => {
    if (receipt?.state === 'kept') await Store.remove(item.n);
    else if (receipt?.state === 'refused') await Store.put({ ...item, refused: receipt.said });
    else if (receipt?.state === 'sign-in') await Store.put({ ...item, signIn: true });
    document.dispatchEvent(new CustomEvent('outbox', { detail: { item, receipt } }));
  };
  const pass = async () => {
    let many = PARCEL, skip = new Set();
    for (;;) {
      const items = (await Store.all()).filter((i) => !i.refused && !i.locked && !skip.has(i.n)).slice(0, many);
      if (!items.length) return;
      let receipts;
      try {
        receipts = await send(items);
      } catch (e) {
        if (!e.status || e.status === 429 || e.status >= 500) return; // no network, or a tired server: later
        if (items.length > 1) { many = Math.ceil(items.length / 2); continue; }
        receipts = new Map([[items[0].id, { state: 'refused', said: String(e.status) }]]); // this one alone stops nobody else
      }
      for (const item of items) {
        const receipt = receipts.get(item.id);
        await settle(item, receipt);
        if (receipt?.state === 'later') return;
        if (receipt?.state !== 'kept' && receipt?.state !== 'refused') skip.add(item.n);
      }
    }
  };
  const alone = (act) => navigator.locks ? navigator.locks.request('outbox', act) : act();
  const flush = () => alone(pass).catch(() => {}).finally(show);

  const show = async () => {
    const items = await Store.all().catch(() => []);
    let pill = document.querySelector('[data-pill]');
    if (!items.length) return pill?.remove();
    if (!pill) {
      pill = make('a', { href: '/phone', className: 'tag wait pill' });
      pill.dataset.pill = '';
      (document.querySelector('.bar .end') || document.body).prepend(pill);
    }
    pill.textContent = words(d.waits, { n: items.length });
    if (document.querySelector('[data-outbox-list]')) listOutbox();
  };

  const enqueue = async (action, fields) => {
    const item = { id: fields.get('cid'), at: Date.now(), who: await Store.get('who') || '', lang: html.lang, action, form: String(new URLSearchParams(fields)) };
    await Store.add(item);
    show();
    flush();
    return item;
  };
  const fresh = (form, submitter) => {
    const fields = new FormData(form, submitter);
    fields.set('cid', Store.id());
    return fields;
  };

  /* A screen that was taken along */

  const placeOf = (form, kind, item) => {
    if (kind === 'choice' || kind === 'choices') return form.querySelector(`[name=a][value="${item}"]`)?.closest('label');
    const control = form.querySelector(`[name=a${item}]`);
    return kind === 'fill' ? control : control?.closest('li, .row');
  };
  const answered = (form, activity, verdict, wrongs) => {
    const f = form.dataset, passed = verdict.right || verdict.skipped, beside = ['choice', 'choices', 'match'].includes(activity.kind);
    all('.right, .wrong', form).forEach((e) => e.classList.remove('right', 'wrong'));
    all('.why, [data-verdict]', form).forEach((e) => e.remove());
    for (const r of verdict.reasons) {
      const place = placeOf(form, activity.kind, r.item);
      place?.classList.add(r.right ? 'right' : 'wrong');
      if (beside && r.text) (place?.querySelector('span') || place)?.append(make('span', { className: 'why', textContent: r.text }));
    }
    const said = make('div', { className: 'notice ' + (passed ? 'ok' : 'wait'), tabIndex: -1 });
    said.setAttribute('role', 'status');
    said.dataset.verdict = '';
    const lead = passed ? (activity.kind === 'reflection' ? f.thanks : f.right) : f.notYet;
    said.append(make('p', {}, make('b', { textContent: lead })));
    if (passed && activity.praise) said.append(document.createRange().createContextualFragment(activity.praise)); // rendered and cleaned by the server
    if (!passed && !beside) verdict.reasons.filter((r) => !r.right && r.text).forEach((r) => said.append(make('p', { textContent: r.text })));
    const dock = form.querySelector('.dock');
    dock.before(said);
    dock.replaceChildren(passed ? make('a', { className: 'btn go', href: f.to, textContent: f.next }) : make('button', { className: 'btn go', textContent: f.again }));
    if (!passed && wrongs > 1) said.append(make('p', {}, make('a', { href: f.to, textContent: f.skip })));
    said.focus();
  };
  const activityOf = async (form) => {
    const lang = form.querySelector('article[lang]')?.lang || html.lang;
    const found = await (await caches.open('taken')).match(`/learn/${form.dataset.judge}/take?in=${lang}`);
    return found && (await found.json()).screens[form.dataset.at];
  };
  const tell = (form, text) => {
    let p = form.querySelector('[data-told]');
    if (!p) { p = make('p', { className: 'notice wait' }); p.dataset.told = ''; p.setAttribute('role', 'status'); form.querySelector('.dock, .btn').before(p); }
    p.textContent = text;
  };
  const tries = new WeakMap();
  const answer = async (form, submitter) => {
    const activity = await activityOf(form), fields = fresh(form, submitter);
    try {
      if (!activity) {
        await enqueue(new URL(form.action).pathname, fields);
        await Store.set('at:' + form.dataset.judge, +form.dataset.at + 1);
        return () => location.assign(form.dataset.to);
      }
      const a = Judge.given(fields, activity.kind, (activity.items || []).length), said = a.join('|');
      if (activity.kind !== 'reflection' && !a.join('').trim()) return tell(form, form.dataset.unsaid);
      form.querySelector('[data-told]')?.remove();
      const before = tries.get(form) || { wrongs: 0 }, verdict = Judge.judge(activity.kind, activity.items || [], a);
      if (before.said !== said) await enqueue(new URL(form.action).pathname, fields);
      const passed = verdict.right || verdict.skipped, wrongs = before.wrongs + (passed || before.said === said ? 0 : 1);
      tries.set(form, { said, wrongs });
      if (passed) await Store.set('at:' + form.dataset.judge, +form.dataset.at + 1);
      if (verdict.skipped) return () => location.assign(form.dataset.to);
      answered(form, activity, verdict, wrongs);
    } catch {
      tell(form, form.dataset.full);
    }
  };

  // An answer that the service worker kept while a page of the server was open is shown here again.
  const again = async () => {
    const id = new URLSearchParams(location.search).get('kept'), form = document.querySelector('form[data-judge]');
    const item = id && form && (await Store.all()).find((i) => i.id === id), activity = item && await activityOf(form);
    if (!activity) return;
    const fields = new URLSearchParams(item.form);
    for (const e of form.elements) {
      if (e.type === 'radio' || e.type === 'checkbox') e.checked = fields.getAll(e.name).includes(e.value);
      else if (e.name !== 'cid' && fields.has(e.name)) e.value = fields.get(e.name);
    }
    const a = Judge.given(fields, activity.kind, (activity.items || []).length), verdict = Judge.judge(activity.kind, activity.items || [], a);
    tries.set(form, { said: a.join('|'), wrongs: verdict.right ? 0 : 1 });
    answered(form, activity, verdict, 1);
  };

  /* A form that waits for the network: an answer, and what the page of a session does (later.js) */

  let turn = Promise.resolve(), unkept = 0;
  const stay = (event) => event.preventDefault();
  const inTurn = (act) => { // each touch knows the one before
    unkept++;
    window.onbeforeunload = stay; // a slow disk loses no touch without a word
    return turn = turn.catch(() => {}).then(act).finally(() => { if (!--unkept) window.onbeforeunload = null; });
  };
  const room = typeof Later === 'function' && Later({ keeps, ready: () => ready, fresh, enqueue, tell });
  const acts = [['judge', answer], ...(room ? room.acts : [])];
  document.addEventListener('submit', (event) => {
    const form = event.target, act = keeps && acts.find(([what]) => form.matches(`form[data-${what}]`))?.[1];
    if (!act || event.submitter?.hasAttribute('formaction')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const acted = inTurn(() => act(form, event.submitter));
    acted.then((leave) => leave?.(), () => act !== answer && form.submit());
  }, true);

  /* Taking a module along */

  const size = (bytes) => new Intl.NumberFormat(html.lang, bytes < 1e6 ? { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 } : { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })
    .format(bytes / (bytes < 1e6 ? 1e3 : 1e6));
  const shell = async () => {
    await know();
    await navigator.serviceWorker.register('/sw.js');
    const cache = await caches.open('shell');
    for (const e of all('link[rel=stylesheet], link[rel=icon], script[src], [data-reader]')) {
      const at = e.href || e.src || e.dataset.reader;
      if (!await cache.match(at)) await cache.add(at);
    }
    await navigator.serviceWorker.ready;
  };
  const keepPage = async () => {
    await shell();
    for (const at of [location.pathname + location.search, '/phone']) { // and where one sees what waits
      const answer = await fetch(at, { headers: { 'X-Keeps': '1' } });
      if (answer.ok && !answer.redirected) await Store.seal.keepPage(at, answer, d.who);
    }
  };
  // A package is kept by its own origin, in a frame that tells how far it is, and taken away likewise.
  const stageAll = (at, step) => new Promise((ok, no) => {
    const frame = make('iframe', { src: at, hidden: true });
    let here = false;
    const end = (done) => {
      removeEventListener('message', hear);
      frame.remove();
      done ? ok() : no(new Error('stage'));
    };
    const hear = ({ source, origin, data }) => {
      if (source !== frame.contentWindow || origin !== new URL(at).origin || !data?.tremplin) return;
      const { kept, of, done, failed } = data.tremplin;
      here = true;
      if (kept) step(kept / of, kept, of);
      if (done || failed) end(done);
    };
    addEventListener('message', hear);
    frame.onload = () => setTimeout(() => here || end(false), 3e3); // what loaded is the browser's own page: there is no network
    document.body.append(frame);
  });
  const unstage = (stages) => Promise.all(stages.map((at) => stageAll(at + '#gone').catch(() => {}))); // without network a package that is older than this way stays; no person is in it
  const takeOne = async (card, lang, step) => {
    const r = await fetch(`${card.dataset.take}?in=${lang}`);
    if (!r.ok) throw r;
    const t = await r.json(), cache = await caches.open('taken'), of = t.files.length + 1;
    let n = 0;
    for (const file of t.files) {
      if (!await cache.match(file)) await cache.add(file);
      step(++n / of, n, of);
    }
    for (const at of t.stages || []) await stageAll(at, step);
    const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': r.headers.get('Content-Security-Policy'), 'Content-Language': lang };
    for (const [path, page] of Object.entries(t.pages)) await cache.put(`${path}?in=${lang}`, new Response(page, { headers }));
    delete t.pages;
    await cache.put(`${card.dataset.take}?in=${lang}`, new Response(JSON.stringify(t), { headers: { 'Content-Type': 'application/json' } }));
    step(1, of, of);
  };
  const takeAll = async (card) => {
    const bar = card.querySelector('progress'), said = card.querySelector('[data-said]'), f = card.dataset;
    const chosen = all('input:checked', card), bytes = chosen.reduce((sum, i) => sum + +i.dataset.bytes, 0);
    if (!chosen.length) { said.textContent = f.languages; return; }
    bar.hidden = false;
    try {
      const room = await navigator.storage?.estimate?.();
      if (room && room.quota - room.usage < bytes * 2) throw new DOMException('', 'QuotaExceededError');
      navigator.storage?.persist?.().catch(() => {}); // Firefox asks the person, who need not answer
      await shell();
      for (const input of chosen) await takeOne(card, input.value, (part, n, of) => { bar.value = part; said.textContent = words(f.progress, { n, of }); });
      said.textContent = f.done;
    } catch (e) {
      said.textContent = e?.name === 'QuotaExceededError' ? f.full : f.failed;
    }
    bar.hidden = true;
  };
  const offer = async (card) => {
    const field = card.querySelector('fieldset');
    if (field.querySelector('input')) return;
    const list = await (await fetch(card.dataset.take)).json();
    for (const l of list) {
      const input = make('input', { type: 'checkbox', name: 'in', value: l.lang, checked: l.lang === html.lang });
      input.dataset.bytes = l.bytes;
      field.append(make('label', {}, input, make('span', {}, make('bdi', { textContent: l.name }), make('span', { className: 'quiet block', textContent: size(l.bytes) }))));
    }
    card.querySelector('[data-go]').disabled = false;
    const room = await navigator.storage?.estimate?.();
    if (room) card.querySelector('[data-room]').textContent = words(card.dataset.free, { size: size(room.quota - room.usage) });
  };

  /* What is on this phone */

  const parcels = async () => {
    if (!await caches.has('taken')) return [];
    const cache = await caches.open('taken'), out = [];
    for (const key of await cache.keys()) if (/\/take\?in=/.test(key.url)) out.push(await (await cache.match(key)).json());
    return out;
  };
  const drop = async (t) => {
    const cache = await caches.open('taken'), left = (await parcels()).filter((o) => o.slug !== t.slug || o.lang !== t.lang);
    await unstage((t.stages || []).filter((at) => !left.some((o) => o.stages?.includes(at)))); // first: who leaves meanwhile finds it in the list still
    for (const key of await cache.keys()) {
      const at = new URL(key.url), mine = at.pathname.startsWith(`/learn/${t.slug}/`) && at.searchParams.get('in') === t.lang;
      if (mine || t.files.includes(at.pathname) && !left.some((o) => o.files.includes(at.pathname))) await cache.delete(key);
    }
  };
  const listKept = async () => {
    const place = document.querySelector('[data-kept]'), f = place.dataset, kept = await parcels();
    place.querySelector('[data-none]').hidden = kept.length > 0;
    place.querySelector('ul').replaceChildren(...kept.map((t) => {
      const remove = make('button', { type: 'button', className: 'btn plain', textContent: f.remove, onclick: async () => { await drop(t); listKept(); } });
      Object.assign(remove.dataset, { confirm: f.sure, yes: f.remove });
      remove.setAttribute('aria-label', `${f.remove} · ${t.title}`);
      const open = make('a', { className: 'btn go', href: `/learn/${t.slug}/next`, textContent: f.open, onclick: () => Store.set('lang', t.lang) });
      open.setAttribute('aria-label', `${f.open} · ${t.title}`);
      return make('li', { className: 'card' }, make('b', { textContent: t.title, lang: t.lang, dir: 'auto' }), make('span', { className: 'quiet', textContent: new Intl.DisplayNames(html.lang, { type: 'language' }).of(t.lang) }), open, remove);
    }));
  };
  const what = (item, f) => {
    if (item.locked) return f.locked;
    const at = item.action.match(/^\/learn\/[^/]+\/(\d+)$/);
    return at ? words(f.answer, { at: at[1] }) : item.action.endsWith('/remark') ? f.remark : f.other;
  };
  async function listOutbox() {
    const place = document.querySelector('[data-outbox-list]'), f = place.dataset, items = await Store.all();
    place.querySelector('[data-none]').hidden = items.length > 0;
    place.querySelector('[data-acts]').hidden = !items.length;
    const time = new Intl.DateTimeFormat(html.lang, { dateStyle: 'medium', timeStyle: 'short' });
    place.querySelector('ul').replaceChildren(...items.map((item) => {
      const row = make('li', { className: 'card' }, make('b', { textContent: what(item, f) }), make('span', { className: 'quiet', textContent: time.format(item.at) }),
        make('span', { textContent: item.refused ? `${f.refused} · ${item.refused}` : item.signIn || item.locked ? f.signIn : f.waiting }));
      if (item.refused) {
        const remove = make('button', { type: 'button', className: 'btn plain', textContent: f.remove, onclick: async () => { await Store.remove(item.n); show(); listOutbox(); } });
        Object.assign(remove.dataset, { confirm: f.sure, yes: f.remove });
        row.append(remove);
      }
      return row;
    }));
    const old = items.some((i) => Date.now() - i.at > 3 * 864e5);
    const said = place.querySelector('[data-said]');
    if (old || said.textContent === f.old) said.textContent = old ? f.old : '';
  }
  const exportAll = async () => {
    const b = new Blob([await Store.seal.pack(await Store.raw())], { type: 'application/json' });
    const a = make('a', { href: URL.createObjectURL(b), download: 'tremplin.json' });
    a.click();
    setTimeout(() => URL.revokeObjectURL(a.href), 1000);
  };
  const importAll = async (file) => {
    for (const { id, at, who, lang, action, form } of await Store.seal.unpack(await file.text())) await Store.add({ id, at, who, lang, action, form });
    flush();
  };

  /* "Not my phone" leaves nothing */

  const wipe = async () => {
    await parcels().then((all) => unstage([...new Set(all.flatMap((t) => t.stages || []))])).catch(() => {}); // nothing may keep the rest from going
    for (const name of await caches.keys()) await caches.delete(name);
    for (const r of await navigator.serviceWorker.getRegistrations()) await r.unregister();
    await Store.wipe();
  };
  // Pages that name people stay for the day, and until somebody signs out.
  const forgetPages = () => Promise.all([caches.delete('mine'), Store.set('open', null)]);
  let keeping = Promise.resolve();
  const forgetOld = async () => {
    if (!await caches.has('mine')) return;
    const cache = await caches.open('mine');
    for (const key of await cache.keys()) {
      const page = await cache.match(key);
      if (Date.now() - new Date(page.headers.get('Date')) > 864e5) await cache.delete(key);
    }
  };
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (able && /\/sign-out$/.test(form.action) && !form.dataset.wiped) {
      event.preventDefault();
      form.dataset.wiped = '1';
      keeping.catch(() => {}).then(forgetPages).finally(() => form.submit());
    }
    if (!able || !/\/not-my-phone$/.test(form.action) || form.dataset.wiped) return;
    event.preventDefault();
    form.dataset.wiped = '1';
    wipe().catch(() => {}).finally(() => form.submit());
  });

  const start = async () => {
    if (!able) return;
    const used = await navigator.serviceWorker.getRegistration().catch(() => null) || document.querySelector('[data-keep-page], [data-outbox-list]');
    if (used) await know();
    if (used) forgetOld().catch(() => {});
    if (!keeps) return;
    all('[data-take]').forEach((card) => { card.hidden = false; card.querySelector('details').addEventListener('toggle', () => offer(card).catch(() => {}), { once: true }); card.querySelector('[data-go]').onclick = () => takeAll(card); });
    if (!used) return;
    const place = document.querySelector('[data-outbox-list]');
    if (place) {
      document.querySelector('[data-send]').onclick = flush;
      document.querySelector('[data-export]').onclick = exportAll;
      document.querySelector('[data-import]').onchange = (e) => importAll(e.target.files[0]).catch(() => { place.querySelector('[data-said]').textContent = place.dataset.wrong; });
    }
    const kept = new URLSearchParams(location.search).get('kept');
    if (room && kept) room.arrived.add(kept);
    await again();
    if (room) await room.waiting();
    if (document.querySelector('[data-keep-page]')) (keeping = keepPage()).catch(() => {}); // without network the page kept before stays
    if (place) {
      const who = await Store.get('who'); // this page names nobody: whose it was, the server knows, if they are signed in
      if (who) await Store.seal.unlock(who).catch(() => {});
      listKept();
    }
    addEventListener('online', flush);
    document.addEventListener('visibilitychange', () => { if (!document.hidden) flush(); });
    flush();
  };
  ready = start().catch(() => {}); // a browser that keeps nothing: every page works without
})();
