namespace Gatehouse.Data;

/// <summary>
/// What is said to the server of customers' databases. The names in it are made of ids and passwords are verifiers, so
/// nothing in a text is anybody's input. Each may be said again after it was said, in whole or in part.
/// </summary>
internal static class HostingStatements
{
    /// <summary>One at a time, on all nodes, for as long as the connection lives.</summary>
    public const string TakeTurn = "SELECT pg_advisory_lock(hashtextextended($1, 0))";

    /// <summary>
    /// Its version, the databases that everybody may connect to, whether we may make any, and whether transactions are
    /// kept beyond their session.
    /// </summary>
    public const string Examine = """
        SELECT current_setting('server_version_num')::int,
               ARRAY(SELECT datname::text FROM pg_database
                     WHERE datallowconn AND EXISTS (
                         SELECT FROM aclexplode(coalesce(datacl, acldefault('d', datdba)))
                         WHERE grantee = 0 AND privilege_type = 'CONNECT')
                     ORDER BY 1),
               (SELECT rolsuper OR (rolcreaterole AND rolcreatedb) FROM pg_roles WHERE rolname = current_user),
               current_setting('max_prepared_transactions')::int > 0
        """;

    /// <summary>What the provider of the server keeps for itself is none of the customers' business.</summary>
    public const string CloseUsual = """
        SELECT pg_advisory_xact_lock(hashtextextended('gatehouse', 0));
        DO $$
        DECLARE name text;
        BEGIN
            FOR name IN SELECT datname FROM pg_database WHERE datname IN ('postgres', 'template1') LOOP
                EXECUTE format('REVOKE CONNECT, TEMPORARY ON DATABASE %I FROM PUBLIC', name);
            END LOOP;
        END $$
        """;

    /// <summary>
    /// The two roles that hold what a limited database must not have in its own hands. Nobody logs in as them.
    /// </summary>
    public const string MakeHolders = """
        SELECT pg_advisory_xact_lock(hashtextextended('gatehouse', 0));
        DO $$
        DECLARE name text;
        BEGIN
            FOREACH name IN ARRAY ARRAY['gatehouse_keeper', 'gatehouse_warden'] LOOP
                CONTINUE WHEN EXISTS (
                    SELECT FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid
                    WHERE r.rolname = name AND m.member = current_user::regrole);
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
                    EXECUTE format('CREATE ROLE %I NOLOGIN', name);
                END IF;
                EXECUTE format('GRANT %I TO CURRENT_USER', name);
            END LOOP;
        END $$
        """;

    public const string HasDatabase = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)";

    /// <summary>Ends the sessions of a role, and waits until they are over.</summary>
    public const string EndSessions = """
        SELECT coalesce(bool_and(pg_terminate_backend(pid, 5000)), true) FROM pg_stat_activity WHERE usename = $1
        """;

    /// <summary>Where somebody else gave rights to a role, as anybody may in a database of theirs.</summary>
    public const string Elsewhere = """
        SELECT DISTINCT d.datname::text FROM pg_shdepend s JOIN pg_database d ON d.oid = s.dbid
        WHERE s.refclassid = 'pg_authid'::regclass AND s.refobjid = (SELECT oid FROM pg_roles WHERE rolname = $1)
        """;

    /// <summary>All roles and databases of customers, and how many rows were ever added to each database.</summary>
    public const string List = """
        SELECT name, bool_or(is_role), bool_or(NOT is_role), max(inserted) FROM (
            SELECT rolname::text AS name, true AS is_role, 0::bigint AS inserted FROM pg_roles
            UNION ALL
            SELECT d.datname::text, false, coalesce(s.tup_inserted, 0)
            FROM pg_database d LEFT JOIN pg_stat_database s ON s.datid = d.oid) AS things
        WHERE name LIKE 'gatehouse\_%' GROUP BY name
        """;

    public static string MakeRole(string name) => $"""
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN CREATE ROLE {name} NOLOGIN; END IF;
        END $$;
        GRANT {name} TO CURRENT_USER
        """;

    /// <summary>Until it was closed to everybody, nobody can connect to it.</summary>
    public static string MakeDatabase(string name) => $"CREATE DATABASE {name} ALLOW_CONNECTIONS false";

    public static string CloseDatabase(string name) => $"""
        REVOKE ALL ON DATABASE {name} FROM PUBLIC;
        GRANT CONNECT ON DATABASE {name} TO {name};
        ALTER DATABASE {name} ALLOW_CONNECTIONS true
        """;

    public static string OpenRole(string name, int connections, string verifier) =>
        $"ALTER ROLE {name} LOGIN CONNECTION LIMIT {connections} PASSWORD '{verifier}'";

    public static string CloseRole(string name) => $"""
        DO $$ BEGIN
            IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN ALTER ROLE {name} NOLOGIN; END IF;
        END $$
        """;

    public static string DropDatabase(string name) => $"DROP DATABASE IF EXISTS {name} WITH (FORCE)";

    public static string DropOwned(string name) => $"DROP OWNED BY {name}";

    public static string DropRole(string name) => $"DROP ROLE IF EXISTS {name}";
}
