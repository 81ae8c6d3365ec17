package xapi

// UUID refuses a text that is no UUID.
func UUID(s string) error { return uuid(s) }

// IRI refuses a text that is no IRI.
func IRI(s string) error { return iri(s) }

// Identified reads an agent, or a group that has an identifier, from JSON: as a parameter names one.
func Identified(text string) (Object, error) {
	v, err := Parse([]byte(text))
	if err == nil {
		err = actor(v)
	}
	if err != nil {
		return nil, err
	}
	o := v.(Object)
	if Identity(o) == "" {
		return nil, Wrong(unnamed)
	}
	return o, nil
}
