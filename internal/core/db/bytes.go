package db

import (
	"context"
	"strings"
)

// ByBytes makes the engine compare the texts of all tables by their bytes, as SQLite does. PostgreSQL
// would compare them as the language of its server does: keysets and prefixes would end elsewhere.
func (d *DB) ByBytes(ctx context.Context, tx *Tx) error {
	if d.Engine != PostgreSQL {
		return nil
	}
	found, err := textsByLanguage(ctx, tx)
	for table, columns := range found {
		if err == nil {
			_, err = tx.Exec(ctx, "alter table "+table+" "+strings.Join(columns, ","))
		}
	}
	return err
}

// textsByLanguage finds the texts that are not yet compared by bytes, with what changes that, by table.
func textsByLanguage(ctx context.Context, tx *Tx) (map[string][]string, error) {
	const text = `select table_name,column_name from information_schema.columns
		where table_schema=current_schema() and data_type='text' and coalesce(collation_name,'')<>'C' order by table_name,column_name`
	rows, err := tx.Query(ctx, text)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err below says what matters
	out := map[string][]string{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			return nil, err
		}
		out[table] = append(out[table], `alter column "`+column+`" type text collate "C"`)
	}
	return out, rows.Err()
}
