-- +goose Up
create table key (
  programme bytea not null,
  owner     bytea not null,
  node      bytea not null,
  key       bytea,
  primary key (programme, owner, node)
);
