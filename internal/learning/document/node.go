package document

// kid is the first child of a name; nil, which has nothing, where there is none.
func (n *node) kid(name string) *node {
	if n != nil {
		for _, k := range n.kids {
			if k.name == name {
				return k
			}
		}
	}
	return nil
}

// at goes down several steps.
func (n *node) at(names ...string) *node {
	for _, name := range names {
		n = n.kid(name)
	}
	return n
}

// text is what stands in an element that holds nothing but text.
func (n *node) text() string {
	if n == nil {
		return ""
	}
	return string(n.data)
}

func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	return n.attrs[name]
}

// val is the attribute in which most properties of a Word document say what they are.
func (n *node) val() string { return n.attr("w:val") }

// on tells whether a property that needs no value is there and not switched off.
func (n *node) on() bool {
	v := n.val()
	return n != nil && v != "0" && v != "false" && v != "off"
}

// find is the first element of a name within n, itself included.
func (n *node) find(name string) *node {
	if n == nil || n.name == name {
		return n
	}
	for _, k := range n.kids {
		if f := k.find(name); f != nil {
			return f
		}
	}
	return nil
}

// all are the elements of a name within n, in their order.
func (n *node) all(name string) (out []*node) {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.name == name {
			out = append(out, k)
		} else {
			out = append(out, k.all(name)...)
		}
	}
	return out
}
