// Keeps a package on the device, file by file, and says how far it is; what is here already is not asked for again.
(async () => {
  'use strict';
  const tell = (what) => parent.postMessage({ tremplin: what }, '*'), d = document.body.dataset;
  try {
    await navigator.serviceWorker.register('/sw.js');
    const cache = await caches.open('stage'), files = await (await fetch(d.list)).json();
    let n = 0;
    for (const file of files) {
      if (!await cache.match(file)) await cache.add(file);
      tell({ kept: ++n, of: files.length });
    }
    await navigator.serviceWorker.ready;
    tell({ done: true });
  } catch {
    tell({ failed: true });
  }
})();
