package paper

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var (
	at = time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)
	ar = Tongue{Lang: "ar", RTL: true}
	fr = Tongue{Lang: "fr"}
	uk = Tongue{Lang: "uk"}
	tr = Tongue{Lang: "tr"}
	pt = Tongue{Lang: "pt"}
	en = Tongue{Lang: "en"}
)

const verify = "https://tremplin.example/v/7Q4K-9M2X-PR"

func frenchCertificate() Certificate {
	return Certificate{
		Tongue: fr, Organisation: "Mission locale de Strasbourg", Number: Fact{"N°", "2026-0417"},
		Title: "Attestation de formation", Lead: "est remise à", Name: "Leïla Œuvrard-Çelik",
		Text: "pour avoir suivi jusqu'au bout le parcours « Premiers pas vers l'emploi »",
		Facts: []Fact{
			{"Parcours", "Premiers pas vers l'emploi"},
			{"Durée", "42 heures"},
			{"Dates", "12 janvier – 13 mars 2026"},
			{"Lieu", "Strasbourg"},
		},
		Signers: []Signer{{"Anne Müller", "Directrice"}, {"Zeynep Yıldız", "Formatrice"}},
		Verify:  verify, VerifyHint: "Vérifier cette attestation",
	}
}

func arabicCertificate() Certificate {
	return Certificate{
		Tongue: ar, Organisation: "جمعية Mission locale de Strasbourg للإدماج المهني", Number: Fact{"رقم", "2026-0417"},
		Title: "شهادة حضور", Lead: "تُمنح هذه الشهادة إلى", Name: "مُحَمَّد عبد الرّحمن الحدّاد",
		Text: "لمشاركته في مسار «خطوات أولى نحو العمل» لدى Greta Alsace بين 12 يناير و13 مارس 2026 (42 ساعة).",
		Facts: []Fact{
			{"المسار", "خطوات أولى نحو العمل"}, {"المدة", "42 ساعة"}, {"التاريخ", "12/01/2026 – 13/03/2026"}, {"المكان", "Strasbourg، فرنسا"},
		},
		Signers: []Signer{{"Anne Müller", "المديرة"}, {"ليلى منصور", "المدرّبة"}},
		Verify:  verify, VerifyHint: "للتحقق من هذه الشهادة",
	}
}

func cyrillicCertificate() Certificate {
	c := frenchCertificate()
	c.Tongue, c.Title, c.Lead, c.Name = uk, "Свідоцтво про участь", "засвідчує, що", "Наталія Ґжегожівна Щасливець-Їжакевич"
	c.Text = "пройшла навчальний шлях «Перші кроки до роботи» разом з об’єднанням Çukurova Gençlik Derneği"
	c.Facts = []Fact{{"Шлях", "Перші кроки до роботи"}, {"Тривалість", "42 години"}, {"Місце", "Львів"}, {"Порожнє", " "}}
	c.Signers, c.VerifyHint = []Signer{{"Олександр Коваленко", "керівник"}}, "Перевірити свідоцтво"
	return c
}

func poster() Poster {
	return Poster{
		Tongue: fr, Organisation: "Mission locale de Strasbourg", Title: "Votre métier commence ici",
		Sayings: []Saying{
			{fr, "Un accompagnement gratuit, près de chez vous."},
			{en, "Free support, close to your home."},
			{pt, "Apoio gratuito, perto de você: formação e orientação."},
			{tr, "Size yakın, ücretsiz destek: iş ve eğitim."},
			{ar, "مرافقة مجانية بالقرب منك مع Tremplin، من الإثنين إلى الجمعة."},
			{uk, "Безкоштовна підтримка поруч із вами."},
		},
		Link: "https://tremplin.example/start", LinkHint: "Scannez pour prendre rendez-vous",
		Funder: "Cofinancé par l'Union européenne · Fonds social européen plus (FSE+)",
	}
}

func cards() []Card {
	cards := []Card{
		{ar, "فاطمة الزهراء", "TR-0001-AR", [2]string{"امسحي الرمز عند الوصول", "القاعة 12، الساعة 9:00، Strasbourg"}},
		{tr, "Çağrı İbrahim Ağaoğlu", "TR-0002-TR", [2]string{"Gelince kodu okutun", "Salon 12, saat 9.00"}},
		{uk, "Олена Їжакевич", "TR-0003-UK", [2]string{"Скануйте код, коли прийдете", "Кімната 12, початок о 9:00"}},
		{pt, "João Conceição", "TR-0004-PT", [2]string{"Leia o código ao chegar", ""}},
		{en, strings.Repeat("Wolfeschlegelsteinhausen ", 8), verify, [2]string{strings.Repeat("many words ", 30), strings.Repeat("x", 200)}},
	}
	for i := range 5 {
		cards = append(cards, Card{fr, fmt.Sprintf("Prénom %d", i), fmt.Sprint("TR-", i), [2]string{"Scannez en arrivant", "Salle 12, 9 h"}})
	}
	return cards
}

func minutes(t Tongue, words [6]string) *Document {
	d := &Document{Tongue: t, Organisation: "Mission locale de Strasbourg", Title: words[0]}
	d.Facts(Fact{words[1], "14/03/2026"}, Fact{words[2], "Strasbourg"}, Fact{"", ""})
	d.Heading(1, words[3])
	d.Para(strings.Repeat(words[4]+" ", 6))
	d.Heading(2, words[3])
	var rows [][]string
	names := []string{"فاطمة الزهراء بن علي", "Çağrı Ağaoğlu", "Наталія Їжакевич", "João da Conceição", "مُحَمَّد (Mohamed) الحدّاد"}
	for i := range 45 {
		rows = append(rows, []string{fmt.Sprint(i + 1), names[i%len(names)], "9:00 – 12:30", ""})
	}
	d.Table(Table{
		Columns: []Column{{"N°", 0.4, true}, {words[5], 2, false}, {words[1], 1, false}, {words[2], 1.4, false}},
		Rows:    rows, MinHeight: 26,
	})
	d.Sign(Signer{"Anne Müller", words[5]}, Signer{"ليلى منصور", words[5]}, Signer{"", words[5]}, Signer{"Олена", ""})
	return d
}

func frenchMinutes() *Document {
	d := minutes(fr, [6]string{
		"Compte rendu de séance", "Date", "Lieu", "Décisions", "Le comité approuve le plan d'action et confie " +
			"à l'association (جمعية النور 12 شارع السلام) le suivi des 24 participants.", "Nom",
	})
	d.Page = func(page, of int) string { return fmt.Sprintf("Page %d sur %d", page, of) }
	return d
}

func arabicMinutes() *Document {
	return minutes(ar, [6]string{
		"محضر الجلسة رقم 12", "التاريخ", "المكان", "القرارات", "توافق اللجنة على الخطة وتكلّف Mission locale de " +
			"Strasbourg (Grand Est) بمتابعة 24 مشاركاً قبل 30/06/2026؛ راجع https://tremplin.example.", "الاسم",
	})
}

// samples are all kinds of paper, as files; PAPER_OUT=folder keeps them to look at.
func samples(t testing.TB) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	keep := func(name string) func([]byte, error) {
		return func(pdf []byte, err error) {
			t.Helper()
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			out[name] = pdf
		}
	}
	keep("certificate-fr")(frenchCertificate().PDF(at))
	keep("certificate-ar")(arabicCertificate().PDF(at))
	keep("certificate-uk")(cyrillicCertificate().PDF(at))
	keep("poster")(poster().PDF(at))
	keep("cards")(Cards("Cartes", cards(), at))
	keep("minutes-fr")(frenchMinutes().PDF(at))
	keep("minutes-ar")(arabicMinutes().PDF(at))
	return out
}

func TestSamplesCanBeKept(t *testing.T) {
	dir := os.Getenv("PAPER_OUT")
	if dir == "" {
		t.Skip("PAPER_OUT names no folder: nothing to keep")
	}
	for name, pdf := range samples(t) {
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), pdf, 0o600); err != nil {
			t.Error(err)
		}
	}
}

// pdftotext reads a file as a stranger would.
func pdftotext(t *testing.T, pdf []byte) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext (poppler-utils) is not installed: the text is not read back")
	}
	command := exec.Command(tool, "-layout", "-", "-")
	command.Stdin = strings.NewReader(string(pdf))
	text, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
