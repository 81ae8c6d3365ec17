-- +goose Up
create table head (
  programme bytea not null primary key,
  node      bytea not null,
  seq       bigint not null,
  stamp     bigint not null,
  version   bigint not null
);
create table entry (
  programme bytea not null,
  node      bytea not null,
  seq       bigint not null,
  id        bytea not null,
  kind      text not null,
  owner     bytea not null,
  subject   bytea not null,
  at        bigint not null,
  recorded  bigint not null,
  arrived   bigint not null,
  author    bytea not null,
  payload   bytea not null,
  digest    bytea not null,
  primary key (programme, node, seq)
);
create unique index entry_id on entry (programme, id, node);
create index entry_owner on entry (programme, owner, recorded);
create table void (
  programme bytea not null,
  id        bytea not null,
  primary key (programme, id)
);
create table erased (
  programme bytea not null,
  owner     bytea not null,
  primary key (programme, owner)
);
create table view_state (
  name text not null primary key,
  hash bigint not null
);
create table total (
  programme bytea not null,
  name      text not null,
  key       text not null,
  n         bigint not null,
  primary key (programme, name, key)
);
create table job (
  programme bytea not null,
  id        bytea not null,
  kind      text not null,
  payload   bytea not null,
  due       bigint not null,
  tries     bigint not null,
  error     text not null,
  made      bigint not null,
  primary key (programme, id)
);
create index job_due on job (due);
