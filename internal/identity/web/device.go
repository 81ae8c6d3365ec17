package web

import "strings"

// deviceName is the little of a browser's long name that people recognise.
func deviceName(agent string) string {
	var out []string
	for _, known := range [][]string{{"iPhone", "iPad", "Android", "Windows", "Macintosh Mac", "Linux"}, {"Firefox", "Edg Edge", "Chrome", "Safari"}} {
		for _, k := range known {
			if names := strings.Fields(k); strings.Contains(agent, names[0]) {
				out = append(out, names[len(names)-1])
				break
			}
		}
	}
	if len(out) == 0 {
		return "?"
	}
	return strings.Join(out, " · ")
}
