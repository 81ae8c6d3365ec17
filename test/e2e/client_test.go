package e2e_test

import (
	_ "embed"
	"fmt"
	"testing"

	"tremplin/internal/core/id"
	"tremplin/internal/core/journal"
	"tremplin/internal/records"
)

//go:embed testdata/xapi.min.js
var xapiClient string

// does is what a course platform does with a client that others wrote: it sends one statement and many, asks for them page
// by page, attaches a file, keeps a document and replaces it, and takes one statement back.
const does = `(async () => {
	const api = new XAPI({ endpoint: location.origin + '/xapi/', auth: XAPI.toBasicAuth(%q, %q), version: %q });
	const said = (n, more) => ({ actor: { objectType: 'Agent', mbox: 'mailto:client@example.org', name: 'Client' },
		verb: { id: 'https://example.org/client/' + %q, display: { en: 'did' } }, object: { objectType: 'Activity', id: 'https://example.org/client/' + n }, ...more });
	const sent = [];
	sent.push(...(await api.sendStatement({ statement: said(0) })).data);
	sent.push(...(await api.sendStatements({ statements: [1, 2, 3, 4].map((n) => said(n)) })).data);
	const bytes = new TextEncoder().encode('a photo'), sum = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((b) => b.toString(16).padStart(2, '0')).join('');
	const attachments = [{ usageType: 'https://example.org/photo', display: { en: 'x' }, contentType: 'text/plain', length: bytes.length, sha2: sum }];
	sent.push(...(await api.sendStatement({ statement: said(5, { attachments }), attachments: [bytes.buffer] })).data);
	const found = [];
	let page = await api.getStatements({ verb: said(0).verb.id, limit: 2, ascending: true });
	for (;;) {
		found.push(...page.data.statements.map((s) => s.id));
		if (!page.data.more) break;
		page = await api.getMoreStatements({ more: page.data.more });
	}
	const at = { agent: said(0).actor, activityId: said(0).object.id, stateId: 'place' };
	await api.createState({ ...at, state: { page: 7 } });
	const state = await api.getState(at);
	await api.setState({ ...at, state: { done: true }, etag: state.headers.etag, matchHeader: 'If-Match' });
	const merged = (await api.getState(at)).data;
	const files = await api.getStatement({ statementId: sent[5], attachments: true });
	const about = (await api.getAbout()).data.version.join(' ');
	await api.voidStatement({ actor: said(0).actor, statementId: sent[0] });
	const gone = await api.getStatement({ statementId: sent[0] }).then(() => 'there', (e) => e.response?.status ?? e.status ?? String(e));
	return [sent.length, String(sent) === String(found), state.data.page, JSON.stringify(merged), JSON.stringify(files.data).includes('a photo'), about, gone].join(' | ');
})()`

// client is a program of others that sends and reads learning records.
func client(t *testing.T, h *house) {
	key, secret, err := h.app.Records.AddClient(t.Context(), journal.Act{Programme: h.programme().ID(), ID: id.New()}, records.Client{Name: "Plateforme", Scopes: []string{records.All}})
	must(t, err)
	p := h.visit(t, laptop, "fr")
	p.refused = true // it asks for what is voided
	p.open("/")
	ask[any](p, xapiClient+";0")
	for _, version := range []string{"1.0.3", "2.0.0"} {
		if did := ask[string](p, fmt.Sprintf(does, key, secret, version, version)); did != "6 | true | 7 | {\"done\":true} | true | 1.0.3 2.0.0 | 404" {
			t.Error(version, did)
		}
	}
}
