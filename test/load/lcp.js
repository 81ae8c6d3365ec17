// Says the median largest contentful paint of some Lighthouse reports of a page; fails above the budget.
const [page, budget, ...reports] = process.argv.slice(2);
const audits = reports.map((r) => JSON.parse(require('fs').readFileSync(r)).audits);
const median = (id) => audits.map((a) => Math.round(a[id].numericValue)).sort((a, b) => a - b)[audits.length >> 1];
const lcp = median('largest-contentful-paint');
console.log(`${page}: LCP ${lcp} ms, first paint ${median('first-contentful-paint')} ms, script blocks ${median('total-blocking-time')} ms, ` +
	`${median('total-byte-weight') / 1000} kB; budget ${budget} ms`);
process.exit(lcp > Number(budget) ? 1 : 0);
