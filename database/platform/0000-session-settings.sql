-- Defaults of the settings that row policies read. Every setting has one, on every node: a policy that reads an unset
-- setting would fail instead of refusing. Empty ranges and lists see nothing. Secrecy domains are bits of one number,
-- because policies read them for every row: reading an array there doubled the cost of a class list.

grant usage on schema public to app, importer, classifier, sealer, gate;
alter role app set app.actor = '00000000-0000-0000-0000-000000000000';
alter role app set app.session = '';
alter role app set app.lo1 = '~';
alter role app set app.hi1 = '';
alter role app set app.kinds1 = '0';
alter role app set app.lo2 = '~';
alter role app set app.hi2 = '';
alter role app set app.kinds2 = '0';
alter role app set app.classes = '{}';
alter role app set app.class_kinds = '0';
alter role app set app.students = '{}';
alter role app set app.list_kinds = '0';
alter role app set app.list_schools = '{}';
alter role app set app.barred = '{}';
alter role app set app.above = '{}';
alter role app set app.home_lo = '';
alter role app set app.home_hi = '';
alter role app set app.keep_lo = '';
alter role app set app.keep_hi = '';
alter role app set app.audit_lo = '';
alter role app set app.audit_hi = '';
alter role app set statement_timeout = '10s';
alter role app set lock_timeout = '3s';
alter role app set idle_in_transaction_session_timeout = '15s';
alter role app set timezone = 'Asia/Shanghai';
alter role worker set timezone = 'Asia/Shanghai';
alter role worker set lock_timeout = '30s';
