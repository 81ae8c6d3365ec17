// Keeps a package on the device, file by file, and says how far it is; what is here already is not asked for again.
// With #gone it takes the package away.
(async () => {
  'use strict';
  const tell = (what) => parent.postMessage({ tremplin: what }, '*'), d = document.body.dataset;
  const take = async (cache) => {
    const files = await (await fetch(d.list)).json(), left = [...files];
    let n = 0;
    const some = async () => {
      for (let file = left.shift(); file; file = left.shift()) {
        if (!await cache.match(file)) await cache.add(file);
        tell({ kept: ++n, of: files.length });
      }
    };
    await Promise.all(Array.from({ length: 6 }, some)); // as many at once as browsers ask for
    await navigator.serviceWorker.ready;
  };
  const drop = async (cache) => {
    const name = d.list.split('/').pop(), mine = (key) => new URL(key.url).pathname.split('/')[2] === name;
    for (const key of (await cache.keys()).filter(mine)) await cache.delete(key);
  };
  tell({ here: true });
  try {
    await navigator.serviceWorker.register('/sw.js');
    const cache = await caches.open('stage');
    await (location.hash === '#gone' ? drop : take)(cache);
    tell({ done: true });
  } catch {
    tell({ failed: true });
  }
})();
