-- +goose Up
create table draft (
  programme bytea not null,
  kind      text not null,
  key       text not null,
  person    bytea not null,
  body      bytea not null,
  changed   bigint not null,
  primary key (programme, kind, key, person)
);
create table account (
  programme bytea not null, -- always zero: an account serves every programme
  id        bytea not null,
  email     text not null,  -- folded
  name      text not null,
  secret    text not null,  -- argon2id
  tries     bigint not null,
  locked    bigint not null,
  primary key (programme, id)
);
create unique index account_email on account (programme, email);
create table pin (
  programme bytea not null,
  person    bytea not null,
  secret    text not null,
  tries     bigint not null,
  locked    bigint not null,
  primary key (programme, person)
);
create table card (
  programme bytea not null,
  token     bytea not null, -- SHA-256 of what the card says
  person    bytea not null,
  made      bigint not null,
  primary key (programme, token)
);
create index card_person on card (programme, person);
create table session (
  programme bytea not null,
  token     bytea not null, -- SHA-256 of the cookie
  person    bytea not null,
  account   bytea not null,
  shared    boolean not null,
  agent     text not null,
  made      bigint not null,
  seen      bigint not null,
  until     bigint not null,
  primary key (programme, token)
);
create index session_person on session (programme, person);
create index session_token on session (token);
