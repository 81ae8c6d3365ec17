// What the page of a session keeps for the network: <form data-outbox> with a button a state, a signature, a card, a
// sheet, somebody who comes in. Each touch is one item, whatever the network does. It holds no words.
'use strict';
const Later = ({ keeps, ready, fresh, enqueue, tell }) => {
  const make = (tag, values, ...children) => { const e = Object.assign(document.createElement(tag), values); e.append(...children); return e; };
  const markOne = async (form, button) => {
    await ready(); // what waits from before comes first
    const fields = fresh(form, button);
    await enqueue(new URL(form.action).pathname, fields);
    Roll.show(form.closest('li'), button.value, fields.get('cid'));
  };
  const signOne = async (form) => {
    await ready();
    const fields = fresh(form);
    await enqueue(new URL(form.action).pathname, fields);
    Roll.signed(Roll.lineOf(fields.get('person')), form.dataset.signed, fields.get('cid'));
    form.closest('dialog').close();
  };

  // Whose card it is, the page that is kept says, by a mark of what the card says.
  const markOf = async (said) => {
    const sum = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(said.split('/card/')[1].split('?')[0]));
    return [...new Uint8Array(sum).slice(0, 8)].map((b) => b.toString(16).padStart(2, '0')).join('');
  };
  const keepCard = async (form, said) => {
    await ready();
    const kept = await Store.seal.openPage(await (await caches.open('mine')).match(location.pathname, { ignoreSearch: true }));
    const page = new DOMParser().parseFromString(await kept.text(), 'text/html');
    const line = document.getElementById(page.querySelector(`[data-card="${await markOf(said)}"]`).id), fields = fresh(form);
    fields.delete('photo');
    fields.set('card', said);
    fields.set('person', line.id.slice(2)); // for this page, when it is opened again before the card is sent
    await enqueue(new URL(form.action).pathname, fields);
    return { line, mark: fields.get('cid') };
  };
  if (keeps) Roll.keep = keepCard;

  // A sheet that was signed with a pen: its photo goes as it is where there is network; else it waits, and small.
  const keepSheet = async (form) => {
    if (await fetch('/healthz', { cache: 'no-store' }).catch(() => null)) return () => form.submit();
    await ready();
    const fields = fresh(form);
    fields.set('photo', await Roll.small(form.elements.photo.files[0], 1600, .7));
    await enqueue(new URL(form.action).pathname, fields);
    form.reset();
    tell(form, form.dataset.sheet);
    sheets.set(fields.get('cid'), form);
  };
  // A sheet that waited stands in the list once it was sent. Nothing else of the page changes: somebody may be writing in it.
  const sheets = new Map();
  const listSheets = async (form) => {
    const page = new DOMParser().parseFromString(await (await fetch(location.href, { cache: 'no-store' })).text(), 'text/html');
    document.querySelector('[data-sheets]').replaceWith(page.querySelector('[data-sheets]'));
    form.querySelector('[data-told]')?.remove();
  };

  const walkIn = async (form, submitter) => {
    await ready();
    const fields = fresh(form, submitter), list = document.querySelector('.roll');
    await enqueue(new URL(form.action).pathname, fields);
    list?.append(make('li', { className: 'card' }, make('b', { textContent: fields.get('first'), dir: 'auto' })));
    form.reset();
    arrived.add(fields.get('cid'));
  };
  const arrived = new Set(); // whoever came is drawn whole once the server knows them
  let leaving = false; // somebody who is on their way to another page is not brought back
  addEventListener('beforeunload', () => { leaving = true; });
  document.addEventListener('outbox', ({ detail: { item, receipt } }) => {
    if (arrived.has(item.id) && receipt?.state === 'kept' && !leaving) location.replace(location.pathname);
    if (sheets.has(item.id) && receipt?.state === 'kept') listSheets(sheets.get(item.id)).catch(() => {}); // it stands there when the page is opened again
  });

  const waiting = async () => {
    const half = document.querySelector('.marks [name=half]')?.value, board = document.querySelector('form[data-signed]');
    if (!half) return;
    for (const item of await Store.all()) {
      const fields = new URLSearchParams(item.form), line = item.action.startsWith(location.pathname) && fields.get('half') === half && Roll.lineOf(fields.get('person'));
      if (line && (fields.has('drawing') || fields.has('card'))) Roll.signed(line, board?.dataset.signed, item.id);
      else if (line && fields.has('state')) Roll.show(line, fields.get('state'), item.id);
    }
  };
  return { arrived, waiting, acts: [['walk-in', walkIn], ['signed', signOne], ['sheet', keepSheet], ['outbox', markOne]] };
};
