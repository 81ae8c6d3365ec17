package document

import (
	"bytes"
	"image"
	_ "image/jpeg" // for image.DecodeConfig
	_ "image/png"  // for image.DecodeConfig
	"strconv"
	"strings"
)

const tiny = 32 * 9525 // a side of 32 pixels, in the units of DrawingML (ISO/IEC 29500-1, 20.1.10.16)

// drawing reads what is drawn on the page: pictures, and the words of text boxes. They follow their paragraph.
func (r *reader) drawing(n *node) {
	found := r.pictures(n)
	for _, box := range boxes(n) {
		items := r.items
		r.items = nil
		r.deep++
		r.body(box)
		r.deep--
		r.held = append(r.held, r.items...)
		r.items, found = items, true
	}
	switch {
	case n.name == "w:object":
		r.note(Object)
	case !found && n.find("a:graphicData") != nil && !strings.HasSuffix(n.find("a:graphicData").attr("uri"), "Shape"):
		r.note(Chart)
	}
}

// boxes are the text boxes of a drawing; what is said twice for older versions of Word is read once.
func boxes(n *node) (out []*node) {
	for _, k := range n.kids {
		switch k.name {
		case "w:txbxContent":
			out = append(out, k)
		case "mc:AlternateContent":
			out = append(out, boxes(choice(k))...)
		default:
			out = append(out, boxes(k)...)
		}
	}
	return out
}

// pictures reads those of a drawing, and tells whether there were any. In a text box there are paragraphs, which
// read their own.
func (r *reader) pictures(n *node) (found bool) {
	for _, k := range n.kids {
		switch k.name {
		case "w:txbxContent":
		case "mc:AlternateContent":
			found = r.pictures(choice(k)) || found
		case "wp:inline", "wp:anchor":
			found = r.framed(k) || found
		case "v:imagedata":
			found = true
			r.take(k.attr("r:id"), "", n.attr("alt"))
		default:
			found = r.pictures(k) || found
		}
	}
	return found
}

// framed reads the pictures in a frame, which says how large it is and what it shows.
func (r *reader) framed(frame *node) bool {
	about := frame.kid("wp:docPr")
	alt, size := about.attr("descr"), frame.kid("wp:extent")
	blips := blips(frame)
	for _, blip := range blips {
		if max(side(size, "cx"), side(size, "cy")) < tiny {
			r.note(PictureTiny)
			continue
		}
		r.take(blip.attr("r:embed"), blip.attr("r:link"), alt)
	}
	return len(blips) > 0
}

func side(size *node, name string) int {
	n, err := strconv.Atoi(size.attr(name))
	if err != nil {
		return tiny
	}
	return n
}

// blips are the pictures of a frame, without those of its text boxes.
func blips(n *node) (out []*node) {
	for _, k := range n.kids {
		switch k.name {
		case "w:txbxContent":
		case "a:blip":
			out = append(out, k)
		default:
			out = append(out, blips(k)...)
		}
	}
	return out
}

// take holds a picture of the document. What lies elsewhere is never fetched.
func (r *reader) take(embedded, linked, alt string) {
	to, ok := r.refs[embedded]
	switch data := r.parts[to.target]; {
	case to.outside || !ok && r.refs[linked].outside:
		r.note(PictureAway)
	case !ok || data == nil:
		r.note(PictureBad)
	default:
		r.hold(data, alt)
	}
}

func (r *reader) hold(data []byte, alt string) {
	c, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil && !looksLike(data):
		r.note(PictureKind)
	case err != nil, c.Width < 1, c.Height < 1:
		r.note(PictureBad)
	default:
		ending := map[string]string{"jpeg": ".jpg", "png": ".png"}[format]
		alt = strings.Join(strings.Fields(r.sound(alt)), " ")
		r.held = append(r.held, item{picture: &Picture{data, ending, alt}})
	}
}

// looksLike tells whether bytes begin as a PNG or JPEG does.
func looksLike(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\x89PNG")) || bytes.HasPrefix(data, []byte("\xff\xd8"))
}
