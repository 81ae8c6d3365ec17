// What the page of a session does beyond its forms: what a touch shows at once, a signature drawn on the
// screen, cards scanned one after the other. It holds no words; they come from the page.
const Roll = (() => {
  'use strict';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = (text, values) => (text || '').replace(/{(\w+)}/g, (whole, name) => values[name] ?? whole);
  const lineOf = (person) => document.getElementById('p-' + person);

  /* The roll, as it stands after a touch */

  const seen = (line, mark) => { // what this device saw last of a line: its next mark is over that one
    const form = line.querySelector('.marks');
    if (!form || !mark) return;
    let over = form.querySelector('[name=over]');
    if (!over) form.append(over = Object.assign(document.createElement('input'), { type: 'hidden', name: 'over' }));
    over.value = mark;
  };
  const show = (line, state, mark) => {
    const buttons = all('button[name=state]', line), button = buttons.find((b) => b.value === state);
    if (!button) return;
    buttons.forEach((b) => b.setAttribute('aria-pressed', b === button));
    const tag = line.querySelector('[data-state]');
    if (tag) { tag.textContent = button.dataset.said; tag.className = 'tag ' + (button.dataset.kind || ''); }
    const count = document.querySelector('[data-there]');
    if (count) count.textContent = words(count.dataset.there, { n: all('.roll [aria-pressed=true][data-kind=ok]').length });
    seen(line, mark);
  };
  const signed = (line, said, mark) => {
    const told = line.querySelector('[data-signs]');
    told.textContent = told.dataset.signs || said;
    line.querySelector('[data-sign]')?.remove();
    if (!line.querySelector('[aria-pressed=true][data-kind=ok]')) show(line, 'present');
    seen(line, mark);
  };

  /* A signature: <button data-sign> opens the board; what is drawn goes as a field of its form */

  const board = document.getElementById('board'), canvas = board?.querySelector('canvas');
  const pen = board?.showModal && window.PointerEvent && canvas.getContext('2d');
  const LEAST = 60; // of a line that is a signature
  let length = 0, last = null;
  const clear = () => { pen.clearRect(0, 0, canvas.width, canvas.height); length = 0; board.querySelector('[data-empty]').hidden = true; };
  const at = (event) => {
    const r = canvas.getBoundingClientRect();
    return { x: (event.clientX - r.left) * canvas.width / r.width, y: (event.clientY - r.top) * canvas.height / r.height };
  };
  const draw = (to) => {
    pen.beginPath();
    pen.moveTo(last.x, last.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    length += Math.hypot(to.x - last.x, to.y - last.y);
    last = to;
  };
  const openBoard = (button) => {
    const line = button.closest('[id^=p-]'), form = board.querySelector('form'), d = button.dataset; // whoever holds the session has a line too
    form.elements.person.value = line.id.slice(2);
    form.elements.over.value = line.querySelector('.marks [name=over]')?.value || '';
    board.querySelector('[data-who]').textContent = d.sign;
    Object.assign(board.querySelector('[data-what]'), { textContent: d.what, lang: d.lang, dir: d.dir });
    clear();
    board.showModal();
  };
  const done = (event) => {
    const drawn = length >= LEAST;
    board.querySelector('[data-empty]').hidden = drawn;
    if (drawn) board.querySelector('[name=drawing]').value = canvas.toDataURL('image/png');
    else event.preventDefault();
  };
  const ready = () => {
    Object.assign(pen, { lineWidth: 4, lineCap: 'round', lineJoin: 'round', strokeStyle: '#1c2430' });
    canvas.addEventListener('touchstart', (event) => event.preventDefault(), { passive: false }); // a stroke is no gesture: no magnifier, no fling
    canvas.onpointerdown = (event) => {
      if (!event.isPrimary || event.button) return;
      canvas.setPointerCapture(event.pointerId);
      last = at(event);
      draw({ x: last.x + .1, y: last.y });
    };
    canvas.onpointermove = (event) => { if (last && event.isPrimary) (event.getCoalescedEvents?.() || [event]).concat(event).forEach((e) => draw(at(e))); };
    canvas.onpointerup = canvas.onpointercancel = () => { last = null; board.querySelector('[data-empty]').hidden ||= length >= LEAST; };
    board.querySelector('[data-clear]').onclick = clear;
    board.querySelector('[data-close]').onclick = () => board.close();
    board.querySelector('[data-done]').onclick = done;
    all('[data-sign]').forEach((b) => { b.hidden = false; b.onclick = () => openBoard(b); });
    all('[data-instead]').forEach((p) => { p.hidden = true; });
  };
  if (pen) ready();

  // small brings a photo to a size in which a code, or a pen's line, can be read: many of them go over a bad network.
  const shrunk = async (file, side) => {
    const m = await createImageBitmap(file), k = Math.min(1, side / Math.max(m.width, m.height));
    const c = Object.assign(document.createElement('canvas'), { width: m.width * k, height: m.height * k });
    c.getContext('2d').drawImage(m, 0, 0, c.width, c.height);
    return c;
  };
  const small = async (file, side, quality) => (await shrunk(file, side)).toDataURL('image/jpeg', quality);

  /* Cards: the camera reads one after the other, or a photo of each; what no eye here can read is sent as a photo */

  const desk = document.querySelector('form[data-cards]');
  const roll = { show, signed, lineOf, small };
  if (!desk || !window.fetch) return roll;
  const status = desk.querySelector('[role=status]'), video = desk.querySelector('video'), opener = desk.querySelector('[data-camera]');
  let tone;
  const beep = (ok) => {
    try {
      tone ||= new AudioContext();
      const sound = tone.createOscillator(), t = tone.currentTime;
      sound.frequency.value = ok ? 880 : 220;
      sound.connect(tone.destination);
      sound.start(t);
      sound.stop(t + (ok ? .12 : .4));
    } catch { /* silent: the name is shown */ }
  };
  const tell = (text, ok) => { status.textContent = text; status.className = 'scanned ' + (ok ? 'ok' : 'bad'); beep(ok); };
  // Without network this device may know whose card it is: then it is sent when the network is back.
  const later = async (value) => {
    const kept = await roll.keep?.(desk, value).catch(() => null);
    if (!kept) return tell(desk.dataset.away, false);
    show(kept.line, 'present', kept.mark);
    signed(kept.line, desk.dataset.signed, kept.mark);
    tell(words(desk.dataset.done, { name: kept.line.querySelector('b').textContent }), true);
  };
  const send = async (name, value) => {
    const fields = new FormData();
    fields.set('half', desk.elements.half.value);
    fields.set(name, value, ...(value instanceof Blob ? ['card.jpg'] : []));
    let said;
    try {
      const answer = await fetch(desk.action, { method: 'POST', body: fields, headers: { Accept: 'application/json' } });
      if (!answer.ok) throw answer;
      said = await answer.json();
    } catch {
      return name === 'card' ? later(value) : tell(desk.dataset.away, false);
    }
    const line = said.person && lineOf(said.person);
    if (line) { show(line, said.state, said.mark); signed(line, said.signed, said.mark); }
    tell(said.said, said.ok);
  };

  const eye = async () => new (await import(desk.dataset.reader)).BarcodeDetector();
  const codeOn = async (file) => (await (await eye()).detect(await shrunk(file, 1400)))[0]?.rawValue;
  const taken = async () => {
    const file = desk.elements.photo.files[0];
    if (!file) return;
    status.textContent = desk.dataset.reading;
    const code = await codeOn(file).catch(() => null);
    await (code ? send('card', code) : send('photo', await small(file, 1400, .85).catch(() => file)));
    desk.elements.photo.value = '';
  };
  desk.elements.photo.onchange = taken;
  desk.onsubmit = (event) => { event.preventDefault(); taken(); };

  const read = async (detector) => {
    let before = '', since = 0;
    while (video.srcObject) {
      const [code] = await detector.detect(video).catch(() => []);
      if (code && (code.rawValue !== before || Date.now() - since > 4000)) {
        before = code.rawValue;
        await send('card', before);
      }
      if (code) since = Date.now(); // a card that stays before the camera is scanned once
      await new Promise((ok) => setTimeout(ok, 200));
    }
  };
  const shut = () => {
    video.srcObject?.getTracks().forEach((t) => t.stop());
    video.srcObject = null;
    video.hidden = true;
    opener.hidden = false;
  };
  const look = async () => {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch {
      return tell(desk.dataset.blind, false);
    }
    video.hidden = false;
    opener.hidden = true;
    video.play().catch(() => {}); // what cannot be seen yet is looked at again
    eye().then(read, () => { shut(); tell(desk.dataset.blind, false); });
  };
  opener.hidden = !navigator.mediaDevices;
  opener.onclick = look;
  desk.closest('details').addEventListener('toggle', (event) => { if (!event.target.open) shut(); });
  addEventListener('pagehide', shut);
  return roll;
})();
