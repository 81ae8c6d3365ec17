-- +goose Up
-- What one person has begun is asked for on their own page.
create index draft_person on draft (programme, person);
