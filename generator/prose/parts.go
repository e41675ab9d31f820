package prose

// Parts is how many parts the body has: WriteRange(w, 0, d.Parts(), f) is
// Write(w, f).
func (d *Doc) Parts() int { return len(d.parts) }
