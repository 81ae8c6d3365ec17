-- +goose Up
create table joined (
  programme bytea not null,
  id        bytea not null, -- of the entry that says so
  owner     bytea not null, -- in whose story the other's goes on
  subject   bytea not null, -- the other
  primary key (programme, id, owner, subject)
);
create index joined_owner on joined (programme, owner);
create index joined_subject on joined (programme, subject);
