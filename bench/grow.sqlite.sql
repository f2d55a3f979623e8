-- Accounts :from to :to, each confirmed, with a key nobody has and a wallet.
WITH RECURSIVE n(i) AS (SELECT :from UNION ALL SELECT i + 1 FROM n WHERE i < :to)
INSERT INTO accounts (id, email, email_spelling, user_name, user_name_canonical, tier, created_at, email_confirmed_at,
    app_count, database_count, version)
SELECT printf('%08X-0000-7000-8000-%012X', i, i), 'user' || i || '@grown.example', 'User' || i || '@grown.example',
    'Grown-' || i, 'grown-' || i, 'Free', '2026-01-01 00:00:00', '2026-01-01 00:00:00', 0, 0, 1 FROM n;

INSERT INTO api_keys (id, account_id, name, hash, created_at, scope_names)
SELECT id, id, 'grown', randomblob(32), created_at, '' FROM accounts WHERE user_name_canonical LIKE 'grown-%'
AND NOT EXISTS (SELECT 1 FROM api_keys k WHERE k.account_id = accounts.id);

INSERT INTO ledger_accounts (owner_id, kind, balance, version)
SELECT id, 'Wallet', 1000000000, 1 FROM accounts WHERE user_name_canonical LIKE 'grown-%'
AND NOT EXISTS (SELECT 1 FROM ledger_accounts l WHERE l.owner_id = accounts.id);
