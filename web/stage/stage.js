// Plays a package, and tells the page around it two things only: how tall it is, and how many points were got.
// It stands on an origin of its own: whatever a package does, it reaches nothing but itself.
(() => {
  'use strict';
  const place = document.getElementById('stage'), tell = (what) => parent.postMessage({ tremplin: what }, '*');
  const points = (event) => {
    const s = event.data.statement, verb = s.verb?.id?.split('/').pop();
    if (s.context?.contextActivities?.parent?.length || verb !== 'completed' && verb !== 'answered') return; // a part of the whole
    tell({ points: [Math.round(event.getScore() ?? s.result?.score?.raw ?? 0), Math.round(event.getMaxScore() ?? s.result?.score?.max ?? 0)] });
  };
  new ResizeObserver(() => tell({ height: Math.ceil(document.documentElement.getBoundingClientRect().height) })).observe(document.documentElement);
  new H5PStandalone.H5P(place, {
    h5pJsonPath: place.dataset.files, embedType: 'div', frameJs: '/player/frame.bundle.js', frameCss: '/player/styles/h5p.css', icon: false, reportingIsEnabled: true,
  }).then(() => { H5P.externalDispatcher.on('xAPI', points); tell({ ready: true }); }, () => tell({ failed: true }));
})();
