// Judging an answer without network, as content.Activity.Judge does: a test holds the two against each other.
const Judge = (() => {
  'use strict';
  const VARIANTS = { 'ى': 'ي', 'ة': 'ه', 'ı': 'i', 'ø': 'o', 'Ø': 'o', 'ł': 'l', 'Ł': 'l', 'ٱ': 'ا', 'أ': 'ا', 'إ': 'ا', 'آ': 'ا', '’': "'", '‘': "'", 'ʼ': "'", '`': "'" };
  const digit = (c) => { const n = c.codePointAt(0); return n >= 0x660 && n <= 0x669 ? n - 0x660 : n >= 0x6f0 && n <= 0x6f9 ? n - 0x6f0 : c; };
  const fold = (text) => [...text.normalize('NFKD').replace(/[\p{Mn}\p{Cf}ـ]/gu, '')].map((c) => VARIANTS[c] ?? digit(c)).join('')
    .toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/ß/g, 'ss').replace(/ς/g, 'σ').split(/\s+/).filter(Boolean).join(' ');

  const judge = (kind, items, given) => {
    const index = (v) => /^\d+$/.test(v) && +v < items.length ? +v : -1;
    if (kind === 'reflection') { const skipped = !given.join('').trim(); return { right: !skipped, skipped, reasons: [] }; }
    if (kind === 'package') {
      const [, got, most] = /^(\d{1,7})\/(\d{1,7})$/.exec(given[0] ?? '') ?? [];
      return { right: got !== undefined && +got <= +most && +most <= 1e6 && 2 * got >= +most, reasons: [] };
    }
    if (kind === 'choice' || kind === 'choices') {
      const chosen = new Set();
      let right = given.length > 0;
      for (const v of given) { const i = index(v); if (i < 0 || chosen.has(i)) right = false; else chosen.add(i); }
      items.forEach((item, i) => { right = right && chosen.has(i) === item.Right; });
      return { right, reasons: items.flatMap((item, i) => chosen.has(i) ? [{ item: i, right: item.Right, text: item.Reason }] : []) };
    }
    const out = { right: given.length === items.length, reasons: [] };
    items.forEach((item, place) => {
      const value = given[place] ?? '', chosen = index(value);
      let at = place, right;
      if (kind === 'order') { at = chosen; right = chosen === place; }
      else if (kind === 'match') right = chosen >= 0 && items[chosen].Match === item.Match;
      else { const v = fold(value); right = (item.Accept || []).some((a) => fold(a) === v); }
      out.right = out.right && right;
      if (at >= 0) out.reasons.push({ item: at, right, text: items[at].Reason });
    });
    return out;
  };

  // given reads an answer as the server does: an order comes as the place of each item.
  const given = (fields, kind, n) => {
    if (kind === 'match' || kind === 'fill') return Array.from({ length: n }, (_, i) => fields.get('a' + i) || '');
    if (kind !== 'order') return fields.getAll('a');
    const out = Array(n).fill('');
    for (let i = 0; i < n; i++) {
      const rank = +fields.get('a' + i);
      if (!(rank >= 1 && rank <= n) || out[rank - 1] !== '') return [];
      out[rank - 1] = String(i);
    }
    return out;
  };
  return { judge, given };
})();
