// Tremplin's script only improves: every page works without it. It holds no words; they come from the page.
(() => {
  'use strict';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const on = (type, selector, act) => document.addEventListener(type, (event) => {
    const found = event.target.closest?.(selector);
    if (found) act(found, event);
  });

  /* Reading aloud: <button data-say="text" data-audio="/recording.mp3" hidden> */

  const synth = window.speechSynthesis;
  let reading = null; // { button, stop }

  const langOf = (el) => el.closest('[lang]')?.lang || document.documentElement.lang;
  const base = (lang) => lang.toLowerCase().split(/[-_]/)[0];
  const voiceFor = (lang) => synth?.getVoices().find((v) => base(v.lang) === base(lang));

  // Devices fall silent in the middle of a long text, so each piece is a sentence, or a part of one.
  const sentences = (text, lang) => {
    const cut = window.Intl?.Segmenter
      ? [...new Intl.Segmenter(lang, { granularity: 'sentence' }).segment(text)].map((s) => s.segment)
      : text.match(/[^.!?؟…\n]+[.!?؟…\n]*/g) || [];
    return cut.flatMap(pieces).map((s) => s.trim()).filter((s) => /[\p{L}\p{N}]/u.test(s));
  };
  const pieces = (sentence) => sentence.length < 180 ? [sentence] : sentence.match(/.{1,160}(?:[,،;؛:]|\s|$)/gs) || [sentence];

  const mark = (button, yes) => button.setAttribute('aria-pressed', yes);
  const stopReading = () => {
    const was = reading;
    reading = null;
    if (was) { was.stop(); mark(was.button, false); }
  };
  const ended = (button) => { if (reading?.button === button) { reading = null; mark(button, false); } };

  const play = (button) => {
    const sound = new Audio(button.dataset.audio);
    const next = () => voiceFor(langOf(button)) ? speak(button) : ended(button);
    sound.onended = () => ended(button);
    sound.onerror = next;
    reading = { button, stop: () => { sound.onerror = null; sound.pause(); } };
    sound.play().catch(() => {}); // onerror follows
  };

  const speak = (button) => {
    const lang = langOf(button);
    const queue = sentences(button.dataset.say, lang);
    const mine = reading = { button, stop: () => synth.cancel() };
    const next = () => {
      if (reading !== mine) return;
      const text = queue.shift();
      if (!text) return ended(button);
      const u = new SpeechSynthesisUtterance(text);
      Object.assign(u, { lang, voice: voiceFor(lang) || null, rate: 0.92, onend: next, onerror: () => ended(button) });
      mine.now = u; // some browsers drop an utterance that nothing holds, and its end with it
      synth.speak(u);
    };
    synth.cancel();
    next();
  };

  const toggleReading = (button) => {
    const again = reading?.button === button;
    stopReading();
    if (again) return;
    mark(button, true);
    button.dataset.audio ? play(button) : speak(button);
  };

  const showEars = () => all('[data-say]').forEach((b) => { b.hidden = !(b.dataset.audio || voiceFor(langOf(b))); });

  on('click', '[data-say]', toggleReading);
  synth?.addEventListener?.('voiceschanged', showEars);
  addEventListener('pagehide', stopReading);

  /* Putting in order: <ol class="order" data-up="Up: {what}" data-down="…" data-moved="Place {n} of {of}">, each
     item a label and a select with its place. The selects give way to buttons; what is sent stays the same. */

  const announce = (near, text) => {
    const root = near.closest('form') || near.parentElement;
    let live = root.querySelector('[data-live]');
    if (!live) {
      live = Object.assign(document.createElement('p'), { className: 'sr' });
      live.setAttribute('role', 'status');
      live.dataset.live = '';
      root.append(live);
    }
    live.textContent = text;
  };

  const words = (text, values) => text.replace(/{(\w+)}/g, (all, name) => values[name] ?? all);
  const arrow = (name, text, path) => {
    const b = Object.assign(document.createElement('button'), { type: 'button', name, className: 'btn' });
    b.innerHTML = `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
    b.setAttribute('aria-label', text);
    return b;
  };
  const place = (list) => [...list.children].forEach((item, i) => { item.querySelector('select').value = i + 1; });

  const orderByButtons = (list) => {
    const items = [...list.children];
    items.sort((a, b) => a.querySelector('select').value - b.querySelector('select').value);
    items.forEach((item) => {
      const what = item.querySelector('label').textContent.trim(), row = document.createElement('div');
      row.append(
        arrow('up', words(list.dataset.up, { what }), 'M6 15l6-6 6 6'),
        arrow('down', words(list.dataset.down, { what }), 'M6 9l6 6 6-6'));
      item.querySelector('select').hidden = true;
      item.append(row);
      list.append(item);
    });
    list.classList.add('live');
    place(list);
  };

  const move = (button) => {
    const item = button.closest('li'), list = item.parentElement, up = button.name === 'up';
    const other = up ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    up ? other.before(item) : other.after(item);
    place(list);
    const n = [...list.children].indexOf(item) + 1, of = list.children.length;
    const last = up ? n === 1 : n === of; // this button is hidden now: go on with the other
    (last ? item.querySelector(`[name=${up ? 'down' : 'up'}]`) : button).focus();
    announce(list, words(list.dataset.moved, { n, of }));
    list.dispatchEvent(new Event('input', { bubbles: true }));
  };
  on('click', '.order [name=up], .order [name=down]', move);

  /* Saving while one writes: <form data-autosave="/address" data-saving="…" data-saved="…" data-unsaved="…"> */

  const waiting = new Map(); // form to timer

  const tell = (form, state) => {
    const place = form.querySelector('[data-status]');
    const text = form.dataset[state] || '';
    if (!place) return announce(form, text);
    place.hidden = !text;
    (place.querySelector('span') || place).textContent = text;
    place.classList.toggle('waits', state !== 'saved');
  };

  const save = async (form) => {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    tell(form, 'saving');
    try {
      const body = new FormData(form);
      const files = [...body.values()].some((v) => v instanceof File && v.size);
      const sent = files ? body : new URLSearchParams([...body].filter(([, v]) => typeof v === 'string'));
      const answer = await fetch(form.dataset.autosave, { method: 'POST', body: sent, keepalive: !files, headers: { 'X-Autosave': '1' } });
      if (!answer.ok) throw answer;
      if (!waiting.has(form)) tell(form, 'saved');
      delete form.dataset.late;
    } catch {
      form.dataset.late = '1';
      tell(form, 'unsaved');
    }
  };
  const saveSoon = (form, wait = 900) => {
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(save, wait, form));
  };
  const saveNow = () => [...waiting.keys()].forEach(save);

  on('input', 'form[data-autosave]', (form) => saveSoon(form));
  on('change', 'form[data-autosave]', (form) => saveSoon(form, 200));
  addEventListener('online', () => all('form[data-late]').forEach(save));
  addEventListener('pagehide', saveNow);

  /* Menus close when one looks elsewhere */

  const closeMenus = (but) => all('details.switch[open]').forEach((d) => { if (d !== but) d.open = false; });
  document.addEventListener('click', (e) => closeMenus(e.target.closest('details.switch')));
  document.addEventListener('focusin', (e) => closeMenus(e.target.closest('details.switch')));
  document.addEventListener('keydown', (e) => {
    const menu = e.key === 'Escape' && document.querySelector('details.switch[open]');
    if (!menu) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });

  /* What is wrong with a form: the sum of it takes the focus, its links lead into the fields */

  const CONTROL = 'input:not([type=hidden]), select, textarea';
  const focusFaults = () => document.querySelector('.notice.bad[tabindex]')?.focus();
  on('click', '.notice.bad a[href^="#"]', (link, event) => {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const control = target?.matches(CONTROL) ? target : target?.querySelector(CONTROL);
    if (!control) return;
    event.preventDefault();
    control.focus();
    control.closest('.field, fieldset')?.scrollIntoView({ block: 'start' });
  });

  /* Asking first: <button data-confirm="Sure?" data-yes="…" data-no="…"> on a button or a link */

  const button = (text, kind, value) => Object.assign(document.createElement('button'), { textContent: text, className: 'btn ' + kind, value });

  const ask = (el, then) => {
    const d = el.dataset, box = document.createElement('dialog'), form = document.createElement('form');
    const question = Object.assign(document.createElement('p'), { textContent: d.confirm, id: 'confirm-words' });
    const row = Object.assign(document.createElement('div'), { className: 'row' });
    row.append(button(d.yes || el.textContent.trim(), el.classList.contains('bad') ? 'bad' : 'go', 'yes'), button(d.no || '✕', 'plain', ''));
    form.method = 'dialog';
    form.className = 'stack far';
    form.append(question, row);
    box.append(form);
    box.setAttribute('aria-labelledby', question.id);
    box.onclose = () => { box.remove(); box.returnValue === 'yes' ? then() : el.focus(); };
    document.body.append(box);
    box.showModal();
    row.lastChild.focus();
  };

  document.addEventListener('click', (event) => {
    const el = event.target.closest('[data-confirm]');
    if (!el || el.dataset.sure || !window.HTMLDialogElement) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(el, () => { el.dataset.sure = '1'; el.click(); delete el.dataset.sure; });
  }, true);

  /* Narrowing a list: <input data-filter="#list"> ; <p data-none="#list" hidden> says that nothing is left */

  const fold = (text) => text.normalize('NFD').replace(/[\p{M}ـ]/gu, '').toLowerCase().replace(/ı/g, 'i');
  const narrow = (input) => {
    const wanted = fold(input.value).split(/\s+/).filter(Boolean);
    const rows = all(`${input.dataset.filter} > *`);
    rows.forEach((row) => { const text = fold(row.textContent); row.hidden = !wanted.every((w) => text.includes(w)); });
    all(`[data-none="${input.dataset.filter}"]`).forEach((p) => { p.hidden = rows.some((r) => !r.hidden); });
  };
  on('input', 'input[data-filter]', narrow);

  /* One act, one sending: a form that was sent waits for its answer */

  let sent = [];
  const release = () => { sent.forEach((b) => { b.disabled = false; }); sent = []; };
  const hold = (form) => {
    const buttons = all('button:not([type=button]):not(:disabled)', form);
    buttons.forEach((b) => { b.disabled = true; });
    sent.push(...buttons);
    setTimeout(release, 10000); // a download answers without a new page
  };
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute('method') !== 'post' || form.hasAttribute('target') || event.submitter?.formTarget) return;
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    setTimeout(hold, 0, form); // after the button's own value was taken
  });
  addEventListener('pageshow', release);

  /* Back must not show what somebody had open who has left this device: browsers keep pages, and only sometimes let them go */

  addEventListener('pageshow', (event) => {
    if (event.persisted && document.querySelector('html[data-mine], input[type=password]')) location.replace(location.pathname + location.search);
  });

  /* In a session: <p data-follow="/s/CODE/now" data-at="3"> goes on with the wall, unless somebody is writing */

  const busy = () => all('main input, main textarea, main select').some((i) => i.type !== 'hidden' && (i.checked !== i.defaultChecked || i.type !== 'radio' && i.type !== 'checkbox' && i.value !== (i.defaultValue ?? '') && i.tagName !== 'SELECT'));
  const followWall = async (bar) => {
    if (document.hidden) return;
    try {
      const wall = await (await fetch(bar.dataset.follow, { headers: { Accept: 'application/json' } })).json();
      if (!wall.runs) return bar.remove();
      if (wall.at < 1 || String(wall.at) === bar.dataset.at) return;
      if (bar.dataset.seen !== undefined && bar.dataset.seen !== String(wall.at) && !busy()) location.replace(wall.to);
      bar.dataset.seen = wall.at;
    } catch { /* no network: the lesson goes on by itself */ }
  };
  const followAll = () => all('[data-follow]').forEach((bar) => { bar.dataset.seen = bar.dataset.at; setInterval(followWall, 3000, bar); });

  /* A package on its own origin: <iframe data-stage data-points="{got} of {most}" data-failed="…"> tells how tall it is and
     how many points were got; nothing else that it says is heard. */

  const whole = (n) => Number.isInteger(n) && n >= 0 && n <= 1e6;
  const heard = (frame, { height, points, failed }) => {
    const form = frame.closest('form'), said = (form || frame.closest('article')).querySelector('[data-points-said]');
    if (whole(height)) frame.style.blockSize = Math.min(Math.max(height, 120), 4000) + 'px';
    if (failed && said) {
      said.textContent = frame.dataset.failed;
      if (form) form.elements.a.value ||= DONE; // its author has none: what is written is looked at
    }
    if (!Array.isArray(points) || !points.every(whole) || points[0] > points[1] || !form) return;
    form.elements.a.value = points.join('/');
    if (points[1]) said.textContent = words(frame.dataset.points, { got: points[0], most: points[1] });
  };
  // Whoever says "done" before the package gave points is asked once, and loses nothing: some packages give none.
  const DONE = '0/0';
  addEventListener('submit', (event) => {
    const said = event.target.querySelector('[data-undone]'), points = event.target.elements.a;
    if (!said || points.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    said.textContent = said.dataset.undone;
    points.value = DONE;
  }, true);
  addEventListener('message', ({ source, origin, data }) => {
    const frame = all('iframe[data-stage]').find((f) => f.contentWindow === source);
    if (frame && data?.tremplin && origin === new URL(frame.src).origin) heard(frame, data.tremplin);
  });

  /* What a device keeps: its scripts come after the page, and only where something is kept or can be. What is
     done on a page that was kept must not slip past them: there they come at once. */

  const keeping = async () => document.querySelector('[data-take], [data-keep-page], [data-outbox-list], form[data-judge]') || navigator.serviceWorker?.getRegistration();
  const later = async () => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'manifest', href: '/manifest.webmanifest' }));
    if (!await keeping().catch(() => null)) return;
    const scripts = document.documentElement.dataset.later.split(' ').filter(Boolean);
    document.head.append(...scripts.map((src) => Object.assign(document.createElement('script'), { src, async: false })));
  };
  const bringLater = () => document.querySelector('html[data-taken], [data-keep-page]') ? later() : addEventListener('load', () => (window.requestIdleCallback || setTimeout)(later));

  /* On paper nothing is folded away; <button data-print hidden> */

  const showPrinters = () => all('[data-print]').forEach((b) => { b.hidden = false; });
  on('click', '[data-print]', () => print());

  let opened = [];
  addEventListener('beforeprint', () => { opened = all('main details:not([open])'); opened.forEach((d) => { d.open = true; }); });
  addEventListener('afterprint', () => opened.forEach((d) => { d.open = false; }));

  const start = () => { bringLater(); showEars(); showPrinters(); followAll(); all('.order[data-up]').forEach(orderByButtons); focusFaults(); all('input[data-filter]').forEach((i) => { if (i.value) narrow(i); }); };
  document.readyState === 'loading' ? document.addEventListener('DOMContentLoaded', start) : start();
})();
