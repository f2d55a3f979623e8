namespace Gatehouse.Data;

/// <summary>
/// What makes a customer's database read-only so that its owner cannot undo it. Revoking alone does not: whoever owns a
/// table grants themselves what was revoked. So tables go to one role, schemas to another, and back when rows are gone.
/// </summary>
/// <remarks>
/// The new owner of a table may not add rows to it either, because a rule or the action of a foreign key acts for the
/// owner of a table. Functions and views stay with the customer, since they act for their owner too. A trigger that a
/// foreign key sets off runs as the owner of its table and could grant; where there are functions of the customer, that
/// owner may therefore not even name a table, and the actions of foreign keys are refused.
/// </remarks>
internal static class RowLimitStatements
{
    /// <summary>Functions that write large objects; only a superuser can take them from everybody.</summary>
    private const string LargeObjects = """
        FUNCTION pg_catalog.lo_creat(integer), pg_catalog.lo_create(oid), pg_catalog.lo_from_bytea(oid, bytea),
            pg_catalog.lo_put(oid, bigint, bytea), pg_catalog.lowrite(integer, bytea)
        """;

    private const string Tables = """
        SELECT format('%I.%I', n.nspname, c.relname) AS name
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'
        """;

    private const string OwnSchemas = "SELECT nspname AS name FROM pg_namespace WHERE nspowner =";

    private const string Schemas = $"{OwnSchemas} 'gatehouse_warden'::regrole OR nspname = 'public'";

    /// <summary>No name may lead to something that the customer put in its place.</summary>
    public const string OwnNames = "SET search_path = pg_catalog, pg_temp; SET lock_timeout = '3s'";

    public const string ReadClock = "SELECT clock_timestamp()";

    /// <summary>
    /// Rows now, by the numbers that PostgreSQL keeps: exact for a table that was analysed since, and for one that is
    /// locked what was told by those who changed it. Counting by SELECT would run what the customer made of a name.
    /// </summary>
    public static string Rows(string owner) => $"""
        SELECT (SELECT count(*) FROM pg_largeobject_metadata) + coalesce(sum(
            CASE WHEN pg_stat_get_last_analyze_time(oid) >= $1 THEN greatest(reltuples, 0)
                 ELSE pg_stat_get_live_tuples(oid) END), 0)::bigint
        FROM pg_class WHERE relkind IN ('r', 'm') AND relpersistence <> 't' AND {OwnedBy(owner)}
        """;

    public static string Analyse(string owner) => $"""
        DO $$
        DECLARE thing record;
        BEGIN
            FOR thing IN {Tables} AND c.relkind <> 'p' AND {OwnedBy(owner)} LOOP
                BEGIN
                    EXECUTE format('ANALYZE (SKIP_LOCKED) %s', thing.name);
                EXCEPTION WHEN OTHERS THEN NULL;
                END;
            END LOOP;
        END $$
        """;

    /// <summary>
    /// Takes tables and schemas from their owner, while nobody is connected as them, and looks whether that was all.
    /// </summary>
    public static string TakeOver(string owner) => $"""
        REVOKE CREATE, TEMPORARY ON DATABASE {owner} FROM {owner};
        DO $$
        DECLARE
            thing record;
            has_code boolean := EXISTS (SELECT FROM pg_proc WHERE proowner = '{owner}'::regrole);
        BEGIN
            FOR thing IN {OwnSchemas} '{owner}'::regrole LOOP
                EXECUTE format('ALTER SCHEMA %I OWNER TO gatehouse_warden', thing.name);
            END LOOP;
            FOR thing IN {Schemas} LOOP
                EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC, {owner}', thing.name);
                EXECUTE format('GRANT USAGE ON SCHEMA %I TO {owner}', thing.name);
                EXECUTE format('GRANT CREATE, USAGE ON SCHEMA %I TO gatehouse_keeper', thing.name);
            END LOOP;
            FOR thing IN {Tables} AND c.relowner = '{owner}'::regrole LOOP
                EXECUTE format('ALTER TABLE %s OWNER TO gatehouse_keeper', thing.name);
                EXECUTE format('REVOKE ALL ON TABLE %s FROM PUBLIC', thing.name);
                EXECUTE format('REVOKE INSERT ON TABLE %s FROM gatehouse_keeper', thing.name);
                EXECUTE format('GRANT SELECT, DELETE, TRUNCATE ON TABLE %s TO {owner}', thing.name);
            END LOOP;
            FOR thing IN {Schemas} LOOP
                EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM gatehouse_keeper', thing.name);
                IF has_code THEN
                    EXECUTE format('REVOKE USAGE ON SCHEMA %I FROM PUBLIC, gatehouse_keeper', thing.name);
                END IF;
            END LOOP;
            IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
                REVOKE EXECUTE ON {LargeObjects} FROM PUBLIC, {owner};
            END IF;
            IF EXISTS (SELECT FROM pg_namespace WHERE has_schema_privilege('{owner}', oid, 'CREATE'))
                OR EXISTS (SELECT FROM pg_class WHERE relkind IN ('r', 'p') AND relpersistence <> 't'
                           AND has_any_column_privilege('{owner}', oid, 'INSERT')) THEN
                RAISE EXCEPTION '{owner} could still add rows';
            END IF;
        END $$
        """;

    /// <summary>Gives back what was taken; in a new database the rights that its owner begins with.</summary>
    public static string GiveBack(string owner) => $"""
        GRANT CREATE, TEMPORARY ON DATABASE {owner} TO {owner};
        GRANT ALL ON SCHEMA public TO {owner};
        DO $$
        DECLARE thing record;
        BEGIN
            FOR thing IN {OwnSchemas} 'gatehouse_warden'::regrole LOOP
                EXECUTE format('REVOKE ALL ON SCHEMA %I FROM gatehouse_keeper', thing.name);
                EXECUTE format('ALTER SCHEMA %I OWNER TO {owner}', thing.name);
                EXECUTE format('GRANT ALL ON SCHEMA %I TO {owner}', thing.name);
            END LOOP;
            REVOKE ALL ON SCHEMA public FROM gatehouse_keeper;
            GRANT USAGE ON SCHEMA public TO PUBLIC;
            FOR thing IN {Tables} AND c.relowner = 'gatehouse_keeper'::regrole LOOP
                EXECUTE format('ALTER TABLE %s OWNER TO {owner}', thing.name);
                EXECUTE format('GRANT ALL ON TABLE %s TO {owner}', thing.name);
            END LOOP;
            IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
                GRANT EXECUTE ON {LargeObjects} TO PUBLIC;
            END IF;
        END $$
        """;

    private static string OwnedBy(string owner) => $"relowner IN ('{owner}'::regrole, 'gatehouse_keeper'::regrole)";
}
