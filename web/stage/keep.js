// Keeps a package on the device, file by file, and says how far it is; what is here already is not asked for again.
(async () => {
  'use strict';
  const tell = (what) => parent.postMessage({ tremplin: what }, '*'), d = document.body.dataset;
  try {
    await navigator.serviceWorker.register('/sw.js');
    const cache = await caches.open('stage'), files = await (await fetch(d.list)).json();
    const left = [...files];
    let n = 0;
    const some = async () => {
      for (let file = left.shift(); file; file = left.shift()) {
        if (!await cache.match(file)) await cache.add(file);
        tell({ kept: ++n, of: files.length });
      }
    };
    await Promise.all(Array.from({ length: 6 }, some)); // as many at once as browsers ask for
    await navigator.serviceWorker.ready;
    tell({ done: true });
  } catch {
    tell({ failed: true });
  }
})();
