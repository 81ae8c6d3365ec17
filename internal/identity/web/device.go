package web

import "strings"

// deviceName is the little of a browser's long name that people recognise.
func deviceName(agent string) string {
	var out []string
	for _, k := range []string{"iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux"} {
		if strings.Contains(agent, k) {
			out = append(out, k)
			break
		}
	}
	for _, k := range []string{"Firefox", "Edg", "Chrome", "Safari"} {
		if strings.Contains(agent, k) {
			out = append(out, k)
			break
		}
	}
	if len(out) == 0 {
		return "?"
	}
	return strings.Join(out, " · ")
}
