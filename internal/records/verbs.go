package records

// Where the verbs have their addresses that many platforms use: ADL's two lists (cmi5 takes from both), Tin Can's and the video
// profile's.
const (
	adl    = "http://adlnet.gov/expapi/verbs/"
	adlToo = "https://w3id.org/xapi/adl/verbs/"
	tinCan = "http://id.tincanapi.com/verb/"
	video  = "https://w3id.org/xapi/video/verbs/"
)

// DisplayOf is what a verb that many use is called in a language of the interface, or empty.
func DisplayOf(verb, lang string) string {
	said, _ := displays[verb][lang].(string)
	return said
}

// displays are verbs in words, in the languages of the interface.
var displays = map[string]Object{
	Answered:              {"en": "answered", "fr": "a répondu à", "pt": "respondeu a", "tr": "yanıtladı", "ar": "أجاب على", "uk": "відповів(-ла) на"},
	Experienced:           {"en": "went through", "fr": "a parcouru", "pt": "percorreu", "tr": "inceledi", "ar": "اطّلع على", "uk": "ознайомився(-лася) з"},
	Completed:             {"en": "completed", "fr": "a terminé", "pt": "concluiu", "tr": "tamamladı", "ar": "أكمل", "uk": "завершив(-ла)"},
	Passed:                {"en": "passed", "fr": "a réussi", "pt": "passou", "tr": "başardı", "ar": "اجتاز", "uk": "склав(-ла)"},
	Failed:                {"en": "did not pass", "fr": "n’a pas réussi", "pt": "não passou", "tr": "başaramadı", "ar": "لم يجتز", "uk": "не склав(-ла)"},
	adl + "initialized":   {"en": "began", "fr": "a commencé", "pt": "começou", "tr": "başladı", "ar": "بدأ", "uk": "почав(-ла)"},
	adl + "launched":      {"en": "opened", "fr": "a ouvert", "pt": "abriu", "tr": "açtı", "ar": "فتح", "uk": "відкрив(-ла)"},
	adl + "attempted":     {"en": "tried", "fr": "a essayé", "pt": "tentou", "tr": "denedi", "ar": "حاول", "uk": "спробував(-ла)"},
	adl + "interacted":    {"en": "worked on", "fr": "a travaillé sur", "pt": "trabalhou em", "tr": "üzerinde çalıştı", "ar": "عمل على", "uk": "працював(-ла) над"},
	adl + "progressed":    {"en": "went on with", "fr": "a avancé dans", "pt": "avançou em", "tr": "ilerledi", "ar": "تقدّم في", "uk": "просунувся(-лася) у"},
	adl + "suspended":     {"en": "paused", "fr": "a mis en pause", "pt": "pôs em pausa", "tr": "ara verdi", "ar": "أوقف مؤقتًا", "uk": "призупинив(-ла)"},
	adl + "resumed":       {"en": "took up again", "fr": "a repris", "pt": "retomou", "tr": "devam etti", "ar": "استأنف", "uk": "продовжив(-ла)"},
	adl + "terminated":    {"en": "closed", "fr": "a fermé", "pt": "fechou", "tr": "kapattı", "ar": "أغلق", "uk": "закрив(-ла)"},
	adl + "exited":        {"en": "left", "fr": "a quitté", "pt": "saiu de", "tr": "çıktı", "ar": "غادر", "uk": "вийшов(-ла) з"},
	adl + "scored":        {"en": "got points in", "fr": "a eu des points à", "pt": "teve pontos em", "tr": "puan aldı", "ar": "حصل على نقاط في", "uk": "отримав(-ла) бали за"},
	adl + "mastered":      {"en": "mastered", "fr": "maîtrise", "pt": "domina", "tr": "ustalaştı", "ar": "أتقن", "uk": "опанував(-ла)"},
	adl + "registered":    {"en": "signed up for", "fr": "a demandé à suivre", "pt": "inscreveu-se em", "tr": "kaydoldu", "ar": "تسجّل في", "uk": "записався(-лася) на"},
	adl + "attended":      {"en": "attended", "fr": "a participé à", "pt": "participou em", "tr": "katıldı", "ar": "حضر", "uk": "відвідав(-ла)"},
	adl + "asked":         {"en": "asked", "fr": "a posé une question sur", "pt": "fez uma pergunta sobre", "tr": "soru sordu", "ar": "سأل عن", "uk": "запитав(-ла) про"},
	adl + "commented":     {"en": "commented on", "fr": "a commenté", "pt": "comentou", "tr": "yorum yaptı", "ar": "علّق على", "uk": "прокоментував(-ла)"},
	adl + "shared":        {"en": "shared", "fr": "a partagé", "pt": "partilhou", "tr": "paylaştı", "ar": "شارك", "uk": "поділився(-лася)"},
	adlToo + "satisfied":  {"en": "met what is asked in", "fr": "a rempli les conditions de", "pt": "cumpriu o que se pede em", "tr": "koşulları yerine getirdi", "ar": "استوفى شروط", "uk": "виконав(-ла) умови"},
	adlToo + "waived":     {"en": "need not do", "fr": "a une dispense pour", "pt": "tem dispensa de", "tr": "muaf tutuldu", "ar": "أُعفي من", "uk": "звільнений(-а) від"},
	adlToo + "abandoned":  {"en": "stopped before the end of", "fr": "n’a pas fini", "pt": "parou antes do fim de", "tr": "yarıda bıraktı", "ar": "توقّف قبل نهاية", "uk": "не дійшов(-ла) до кінця"},
	adlToo + "logged-in":  {"en": "signed in to", "fr": "a ouvert une session sur", "pt": "entrou em", "tr": "giriş yaptı", "ar": "دخل إلى", "uk": "увійшов(-ла) до"},
	adlToo + "logged-out": {"en": "signed out of", "fr": "a fermé sa session sur", "pt": "saiu de", "tr": "çıkış yaptı", "ar": "خرج من", "uk": "вийшов(-ла) з"},
	tinCan + "viewed":     {"en": "looked at", "fr": "a regardé", "pt": "viu", "tr": "görüntüledi", "ar": "اطّلع على", "uk": "переглянув(-ла)"},
	video + "played":      {"en": "played", "fr": "a lancé", "pt": "reproduziu", "tr": "oynattı", "ar": "شغّل", "uk": "увімкнув(-ла)"},
	video + "paused":      {"en": "paused", "fr": "a mis en pause", "pt": "pôs em pausa", "tr": "duraklattı", "ar": "أوقف مؤقتًا", "uk": "призупинив(-ла)"},
	video + "seeked":      {"en": "moved within", "fr": "a avancé ou reculé dans", "pt": "avançou ou recuou em", "tr": "ileri veya geri sardı", "ar": "انتقل داخل", "uk": "перемотав(-ла)"},
}
