// Says how soon a lesson that was taken along stands, without network, on a phone four times slower than this machine: the
// median of some starts, each in a window of its own. Fails above the budget.
const puppeteer = require('puppeteer-core');
const [base, lesson, budget] = process.argv.slice(2);
const STARTS = 5, SLOWER = 4;

// take takes the module along in the first language offered.
const take = async (browser) => {
	const page = await browser.newPage();
	await page.goto(base + lesson);
	await page.click('[data-take] summary');
	await page.waitForFunction(() => !document.querySelector('[data-go]').disabled);
	await page.click('[data-go]');
	await page.waitForFunction(() => document.querySelector('[data-said]').textContent === document.querySelector('[data-take]').dataset.done);
	await page.close();
};

// cut lets nothing leave any more: the pages' requests, and the service worker's own.
const cut = async (browser) => {
	for (const target of browser.targets()) {
		if (target.type() !== 'service_worker') continue;
		const session = await target.createCDPSession();
		await session.send('Network.enable');
		await session.send('Network.emulateNetworkConditions', { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 });
	}
};

const start = async (browser) => {
	const page = await browser.newPage();
	await page.emulateCPUThrottling(SLOWER);
	await page.setOfflineMode(true);
	await page.goto(base + lesson + '/1');
	const stands = await page.evaluate(() => new Promise((ok) => new PerformanceObserver((l) => ok(l.getEntries().pop().startTime)).observe({ type: 'largest-contentful-paint', buffered: true })));
	const kept = await page.evaluate(() => 'taken' in document.documentElement.dataset);
	await page.close();
	if (!kept) throw new Error('the page came by the network');
	return stands;
};

(async () => {
	const browser = await puppeteer.launch({ executablePath: process.env.CHROME_PATH, args: ['--no-sandbox', '--disable-quic', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'] });
	await take(browser);
	const times = [];
	for (let i = 0; i < STARTS; i++) {
		await cut(browser);
		times.push(await start(browser));
	}
	await browser.close();
	const median = Math.round(times.sort((a, b) => a - b)[STARTS >> 1]);
	console.log(`offline ${lesson}/1: LCP ${median} ms on a phone ${SLOWER} times slower; budget ${budget} ms`);
	process.exit(median > Number(budget) ? 1 : 0);
})().catch((e) => { console.error(`lcp: offline could not be measured: ${e.message}`); process.exit(1); });
