-- Accounts :from to :to, each confirmed, with a key nobody has and a wallet.
INSERT INTO accounts (id, email, email_spelling, user_name, user_name_canonical, tier, created_at, email_confirmed_at,
    app_count, database_count, version)
SELECT (lpad(to_hex(i), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid,
    'user' || i || '@grown.example', 'User' || i || '@grown.example', 'Grown-' || i, 'grown-' || i, 'Free',
    '2026-01-01', '2026-01-01', 0, 0, 1 FROM generate_series(:from, :to) i;

INSERT INTO api_keys (id, account_id, name, hash, created_at, scope_names)
SELECT id, id, 'grown', sha256(id::text::bytea), created_at, '' FROM accounts a WHERE user_name_canonical LIKE 'grown-%'
AND NOT EXISTS (SELECT 1 FROM api_keys k WHERE k.account_id = a.id);

INSERT INTO ledger_accounts (owner_id, kind, balance, version)
SELECT id, 'Wallet', 1000000000, 1 FROM accounts a WHERE user_name_canonical LIKE 'grown-%'
AND NOT EXISTS (SELECT 1 FROM ledger_accounts l WHERE l.owner_id = a.id);
