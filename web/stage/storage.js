// Some browsers refuse storage to frames, and the player would stop at that: then it gets one that lasts as long as the page.
try {
  localStorage.length;
} catch {
  const kept = new Map();
  Object.defineProperty(window, 'localStorage', {
    value: {
      getItem: (key) => kept.get(String(key)) ?? null, setItem: (key, value) => { kept.set(String(key), String(value)); },
      removeItem: (key) => { kept.delete(String(key)); }, clear: () => kept.clear(), key: (n) => [...kept.keys()][n] ?? null, get length() { return kept.size; },
    },
  });
}
