package people

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"tremplin/internal/core/access"
	"tremplin/internal/core/db"
	"tremplin/internal/core/id"
	"tremplin/internal/core/text"
	"tremplin/internal/core/view"
)

// WordRow is one word by which a person is found: of the name, folded, or the number that a sender gave.
// A search is a range of its index, so that it takes as long among a million people as among a thousand.
type WordRow struct {
	Owner id.ID
	Word  string `view:"key"`
}

// Words is what a search reads.
var Words = view.New("people_word", view.Index[WordRow]("word", "owner"))

// Bounds of a search: words of a name that are kept, words that are asked for, and how far common words
// are counted to find the rarest.
const (
	maxWords = 12
	maxAsked = 5
	common   = 1000
)

// words takes a text apart, folded: Jean-Luc is found by either half.
func words(s string, most int) []string {
	found := strings.FieldsFunc(text.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	return found[:min(len(found), most)]
}

// remember makes a person's words what the name and the number are now.
func remember(r *view.Rows, d Described) {
	now := words(d.First+" "+d.Last+" "+d.Number, maxWords)
	Words.Each(r, func(w WordRow) {
		if !slices.Contains(now, w.Word) {
			Words.Delete(r, w)
		}
	})
	for _, w := range now {
		Words.Edit(r, WordRow{Word: w}, func(*WordRow) {})
	}
}

// query is a text with its parameters, $1 being the programme.
type query struct {
	text string
	db.Args
}

// begins writes that a column begins with a word.
func (q *query) begins(column, word string) string {
	return column + ">=" + q.Add(word) + " and " + column + "<" + q.Add(word+"\U0010FFFF")
}

// has writes that the same person has a word of which something is said.
func (q *query) has(said string) string {
	return "exists (select 1 from people_word o where o.programme=$1 and o.owner=people_word.owner and " + said + ")"
}

// within writes that the actor reaches whom a column names.
func (q *query) within(a access.Actor, column string, now time.Time) string {
	return a.Filter(&q.Args, access.Read, access.Identity, column, now.UnixMicro())
}

// search reads the people in whose name or number every word that is asked for begins one, in any order:
// three queries, two where one word is asked for. The list is in the order of the rarest word.
func (s *Service) search(ctx context.Context, a access.Actor, role access.Role, p Page) (out []Person, next string, err error) {
	asked, err := s.rarestFirst(ctx, a.Programme, words(p.Search, maxAsked))
	if err != nil || len(asked) == 0 { // signs alone find nobody
		return nil, "", err
	}
	q := s.searchText(a, role, asked, p)
	found, err := Words.Select(ctx, s.J.DB(), a.Programme, q.text, q.Args[1:]...)
	if err != nil || len(found) == 0 {
		return nil, "", err
	}
	if len(found) > p.Limit {
		found = found[:p.Limit]
		end := found[p.Limit-1]
		next = view.Mark{Text: end.Word, Owner: end.Owner}.String()
	}
	out, err = s.inOrder(ctx, a.Programme, found)
	return out, next, err
}

// searchText walks the words that begin with the first that is asked for; who has two such words stands once.
func (s *Service) searchText(a access.Actor, role access.Role, asked []string, p Page) *query {
	q := &query{Args: db.Args{a.Programme}}
	from := view.ReadMark(p.After)
	q.text = "and " + q.begins("word", asked[0]) + " and (word,owner)>(" + q.Add(from.Text) + "," + q.Add(from.Owner) + ")" +
		" and not " + q.has(q.begins("o.word", asked[0])+" and o.word<people_word.word") +
		" and exists (select 1 from people_role r where r.programme=$1 and r.owner=people_word.owner and r.role=" + q.Add(string(role)) + ")"
	for _, other := range asked[1:] {
		q.text += " and " + q.has(q.begins("o.word", other))
	}
	q.text += " and " + q.within(a, "people_word.owner", s.J.Now()) + " order by word,owner limit " + q.Add(p.Limit+1)
	return q
}

// rarestFirst counts the names that each word begins, as far as it matters, and puts the rarest first:
// then few people are looked at. Of common ones the last leads, as family names stand there.
func (s *Service) rarestFirst(ctx context.Context, programme id.ID, asked []string) ([]string, error) {
	if len(asked) < 2 {
		return asked, nil
	}
	q := &query{Args: db.Args{programme}}
	var parts []string
	for i, w := range asked {
		parts = append(parts, fmt.Sprintf("select %d,count(*) from (select 1 from people_word where programme=$1 and %s limit %d) w%d", i, q.begins("word", w), common, i))
	}
	rows, err := s.J.DB().Query(ctx, strings.Join(parts, " union all "), q.Args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	rarest, least := 0, int64(common)
	for rows.Next() {
		var i int
		var n int64
		if err := rows.Scan(&i, &n); err != nil {
			return nil, err
		}
		if n < least || n == least && i > rarest {
			rarest, least = i, n
		}
	}
	first := asked[rarest]
	return append([]string{first}, slices.Delete(slices.Clone(asked), rarest, rarest+1)...), rows.Err()
}

// inOrder reads people in the order in which they were found.
func (s *Service) inOrder(ctx context.Context, programme id.ID, found []WordRow) ([]Person, error) {
	owners, place := make([]id.ID, len(found)), map[id.ID]int{}
	for i, w := range found {
		owners[i], place[w.Owner] = w.Owner, i
	}
	rows, err := Persons.Among(ctx, s.J.DB(), programme, owners, "")
	out := make([]Person, 0, len(rows))
	slices.SortFunc(rows, func(a, b PersonRow) int { return place[a.Owner] - place[b.Owner] })
	for _, w := range rows {
		out = append(out, w.Person())
	}
	return out, err
}
