using System.Diagnostics;
using System.Globalization;
using Gatehouse.Tests.Harness;
using Npgsql;
using Xunit;

namespace Gatehouse.Tests.Features.Databases;

/// <summary>The free database and its limit of rows, which PostgreSQL itself keeps (contract 5; wire 8).</summary>
public sealed class RowLimitTests(CustomerServer customers) : IClassFixture<CustomerServer>
{
    /// <summary>What a customer can prepare while all is theirs, to get round the limit later.</summary>
    private static readonly string[] Devices =
    [
        "GRANT INSERT, UPDATE ON numbers TO PUBLIC; GRANT INSERT (n) ON numbers TO PUBLIC",
        "CREATE VIEW seen AS SELECT * FROM numbers; GRANT INSERT ON seen TO PUBLIC",
        "CREATE SCHEMA den; CREATE TABLE den.more (n int); GRANT ALL ON SCHEMA den TO PUBLIC",
        "CREATE TABLE odd (n int); INSERT INTO odd SELECT generate_series(1, 9)",
        "CREATE RULE echo AS ON DELETE TO odd DO ALSO INSERT INTO numbers VALUES (old.n)",
        "CREATE MATERIALIZED VIEW copied AS SELECT * FROM odd",
        "CREATE TABLE parents (n int PRIMARY KEY); INSERT INTO parents VALUES (1), (2)",
        "CREATE TABLE children (n int REFERENCES parents ON DELETE CASCADE)",
        "INSERT INTO children VALUES (1), (2)",
    ];

    /// <summary>The same with code of their own, which may come to run as somebody else.</summary>
    private static readonly string[] Code =
    [
        """
        CREATE FUNCTION refill() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS
        $$ BEGIN INSERT INTO public.numbers VALUES (0); END $$
        """,
        """
        CREATE FUNCTION on_child() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            EXECUTE 'GRANT ALL ON public.numbers TO PUBLIC';
            INSERT INTO public.numbers VALUES (0);
            RETURN old;
        END $$
        """,
        "CREATE TRIGGER helping BEFORE DELETE ON children FOR EACH ROW EXECUTE FUNCTION on_child()",
        """
        CREATE FUNCTION granting(int) RETURNS int LANGUAGE plpgsql AS
        $$ BEGIN EXECUTE 'GRANT ALL ON public.numbers TO PUBLIC'; RETURN $1;
        EXCEPTION WHEN OTHERS THEN RETURN $1; END $$
        """,
        "CREATE FUNCTION pure(int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT public.granting($1) $$",
        "CREATE INDEX ON odd ((pure(n)))",
        """
        DO $$ BEGIN
            EXECUTE 'CREATE FUNCTION bound(int) RETURNS int IMMUTABLE BEGIN ATOMIC SELECT public.granting($1); END';
        END $$
        """,
        "CREATE INDEX ON children ((bound(n)))",
    ];

    /// <summary>What they say when it is read-only. All of it is refused, or adds nothing.</summary>
    private static readonly string[] Attempts =
    [
        "INSERT INTO numbers VALUES (0)",
        "SET default_transaction_read_only = off; BEGIN READ WRITE; INSERT INTO numbers VALUES (0); COMMIT",
        "GRANT INSERT ON numbers TO CURRENT_USER; INSERT INTO numbers VALUES (0)",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC; INSERT INTO numbers VALUES (0)",
        "ALTER TABLE numbers OWNER TO CURRENT_USER; INSERT INTO numbers VALUES (0)",
        "SET ROLE gatehouse_keeper; INSERT INTO numbers VALUES (0)",
        "SET ROLE gatehouse_warden; CREATE TABLE public.another AS SELECT 1 AS n",
        "GRANT gatehouse_keeper TO CURRENT_USER",
        "REASSIGN OWNED BY gatehouse_keeper TO CURRENT_USER",
        "UPDATE numbers SET n = n",
        "COPY numbers FROM PROGRAM 'echo 1'",
        "MERGE INTO numbers USING (SELECT 0 AS n) AS new ON false WHEN NOT MATCHED THEN INSERT VALUES (new.n)",
        "CREATE TABLE another AS SELECT 1 AS n",
        "CREATE TEMP TABLE another AS SELECT 1 AS n",
        "SELECT 1 AS n INTO another",
        "CREATE SCHEMA another CREATE TABLE t (n int)",
        "ALTER SCHEMA den OWNER TO CURRENT_USER; CREATE TABLE den.t (n int)",
        "INSERT INTO den.more VALUES (0)",
        "CREATE EXTENSION hstore",
        "INSERT INTO seen VALUES (0)",
        "DELETE FROM odd WHERE n = 1",
        "REFRESH MATERIALIZED VIEW copied",
        "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC; CREATE TABLE another (n int)",
        "DO $$ BEGIN INSERT INTO numbers VALUES (0); END $$",
        "SELECT refill()",
        "DELETE FROM parents WHERE n = 1",
        "DELETE FROM children",
        "ANALYZE odd",
        "INSERT INTO numbers VALUES (0)",
    ];

    [Theory, EveryDatabase]
    public async Task Beyond_ten_thousand_rows_it_is_read_only_until_rows_are_gone(Engine engine)
    {
        await using var server = await TestServer.Start(engine, customers.Setting);
        var ada = await server.SignUp();
        var (id, url) = await server.MakeFree(ada);
        await using var session = await CustomerServer.Enter(url);
        await session.Say("CREATE TABLE numbers (n int)");
        Assert.Equal(10_000, await session.Say("INSERT INTO numbers SELECT generate_series(1, 10000)"));
        await session.Say("SELECT pg_stat_force_next_flush()");
        await server.Settle();
        Assert.False(await IsLimited(server, ada));
        await session.Say("INSERT INTO numbers VALUES (10001)");

        var start = Stopwatch.GetTimestamp();
        Assert.True(await server.WithinAMinute(() => IsLimited(server, ada)));
        Note("read-only after its 10,001st row", start, engine);

        Assert.NotEqual("", await CustomerServer.Refusal(() => session.Say("INSERT INTO numbers VALUES (10002)")));
        var shown = (await server.ShowDatabase(ada)).Json()[0];
        Assert.Contains("more than 10,000 rows and is read-only", shown.GetProperty("note").GetString());
        var mail = await server.ReadMail(ada.Email);
        Assert.Contains("The database of engine is read-only", mail.Subject);
        Assert.Contains("had 10,001 rows", mail.Text);
        await using var again = await CustomerServer.Enter(url);
        Assert.Equal("42501", await CustomerServer.Refusal(() => again.Say("INSERT INTO numbers VALUES (10002)")));
        Assert.Equal(10_001, await again.Ask<long>("SELECT count(*) FROM numbers"));
        Assert.Equal(1, await again.Say("DELETE FROM numbers WHERE n = 1"));

        start = Stopwatch.GetTimestamp();
        Assert.True(await server.WithinAMinute(async () => !await IsLimited(server, ada)));
        Note("writable again after a row was deleted", start, engine);

        Assert.Equal("", await CustomerServer.Refusal(() => again.Say("UPDATE numbers SET n = 1 WHERE n = 2")));
        await again.Say("INSERT INTO numbers VALUES (0); ALTER TABLE numbers ADD m int; CREATE TABLE more (n int)");
        var told = (await server.Do(ada, "GET /api/activity")).Body;
        Assert.Contains("database.limited", told, StringComparison.Ordinal);
        Assert.Contains("database.unlimited", told, StringComparison.Ordinal);
        Assert.Contains("10001 rows", (await server.Do(ada, "GET /api/apps/engine/activity")).Body);
        await server.Do(ada, $"DELETE /api/apps/engine/databases/{id}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_that_its_owner_prepared_or_says_adds_a_row(bool hasCode)
    {
        Assert.SkipWhen(PostgresCluster.Programs is null, PostgresCluster.Missing);
        await using var server = await TestServer.Start(
            Engine.Sqlite, customers.Setting, ("Tiers:Free:DatabaseRows", "100"),
            ("Databases:FreeConnections", "20"));
        var ada = await server.SignUp();
        var (_, url) = await server.MakeFree(ada);
        await using (var owner = await CustomerServer.Enter(url))
        {
            await owner.Say("CREATE TABLE numbers (n int); INSERT INTO numbers SELECT generate_series(1, 200)");
            foreach (var device in Devices.Concat(hasCode ? Code : [])) await owner.Say(device);
            // Whoever is in the middle of something when it begins.
            await owner.Say("BEGIN; CREATE TABLE hidden (n int); INSERT INTO hidden VALUES (1)");
            Assert.True(await server.WithinAMinute(() => IsLimited(server, ada)));
            Assert.NotEqual("", await CustomerServer.Refusal(() => owner.Say("COMMIT")));
        }

        var before = await Rows(url);
        foreach (var attempt in Attempts)
        {
            await using var session = await CustomerServer.Enter(url);
            await CustomerServer.Refusal(() => session.Say(attempt));
            Assert.True(await Rows(url) <= before, attempt);
        }

        await using var last = await CustomerServer.Enter(url);
        Assert.Equal("42501", await CustomerServer.Refusal(() => last.Say("INSERT INTO numbers VALUES (0)")));
        // Foreign keys go on working, unless what they set off could be the customer's code.
        Assert.Equal(hasCode ? 2 : 1, await last.Ask<long>("SELECT count(*) FROM parents"));
        await last.Say("TRUNCATE parents CASCADE; TRUNCATE numbers");
        Assert.True(await server.WithinAMinute(async () => !await IsLimited(server, ada)));
        await last.Say("INSERT INTO numbers VALUES (0); INSERT INTO den.more VALUES (1); CREATE TABLE den.t (n int)");
        await last.Say("INSERT INTO parents VALUES (1); INSERT INTO children VALUES (1); CREATE SCHEMA other");
    }

    [Theory, EveryDatabase]
    public async Task Upgrade_lifts_the_limit(Engine engine)
    {
        await using var server = await TestServer.Start(
            engine, customers.Setting, ("Tiers:Free:DatabaseRows", "10"));
        var ada = await server.SignUp();
        var (_, url) = await server.MakeFree(ada);
        await using (var owner = await CustomerServer.Enter(url))
            await owner.Say("CREATE TABLE numbers (n int); INSERT INTO numbers SELECT generate_series(1, 11)");
        Assert.True(await server.WithinAMinute(() => IsLimited(server, ada)));
        await server.Upgrade(ada);
        await server.Settle();
        List<NpgsqlConnection> many = [];
        for (var i = 0; i < 5; i++) many.Add(await CustomerServer.Enter(url));
        Assert.Equal(1, await many[4].Say("INSERT INTO numbers VALUES (12)"));
        await server.Settle();
        Assert.Equal(1, await many[4].Say("INSERT INTO numbers VALUES (13)"));
        foreach (var connection in many) await connection.DisposeAsync();
    }

    [Theory, EveryDatabase]
    public async Task Large_objects_count_and_a_superuser_can_take_them_too(Engine engine)
    {
        await using var server = await TestServer.Start(
            engine, customers.AsSuperuser, ("Tiers:Free:DatabaseRows", "10"));
        var ada = await server.SignUp();
        var (_, url) = await server.MakeFree(ada);
        await using (var owner = await CustomerServer.Enter(url))
            await owner.Say("CREATE TABLE one (n int); INSERT INTO one VALUES (1); "
                + "SELECT lo_from_bytea(0, 'x') FROM generate_series(1, 10)");
        Assert.True(await server.WithinAMinute(() => IsLimited(server, ada)));
        await using var again = await CustomerServer.Enter(url);
        foreach (var attempt in (string[])["SELECT lo_from_bytea(0, 'x')", "SELECT lo_creat(-1)"])
            Assert.Equal("42501", await CustomerServer.Refusal(() => again.Say(attempt)));
        await again.Say("SELECT lo_unlink(oid) FROM pg_largeobject_metadata");
        Assert.True(await server.WithinAMinute(async () => !await IsLimited(server, ada)));
        await again.Say("SELECT lo_from_bytea(0, 'x')");
    }

    private static void Note(string what, long start, Engine engine) => Figures.Note(
        $"free database, {what}, {engine}",
        string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s"));

    private static async Task<bool> IsLimited(TestServer server, Customer who)
    {
        var shown = (await server.ShowDatabase(who)).Json()[0].GetProperty("limited_at");
        return shown.ValueKind != System.Text.Json.JsonValueKind.Null;
    }

    /// <summary>All rows of all tables that are left, counted one by one as their owner.</summary>
    private static async Task<long> Rows(string url)
    {
        await using var session = await CustomerServer.Enter(url);
        var tables = await session.Ask<string[]>("""
            SELECT array_agg(format('%I.%I', n.nspname, c.relname)) FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            """);
        var sum = 0L;
        foreach (var table in tables) sum += await session.Ask<long>($"SELECT count(*) FROM {table}");
        return sum;
    }
}
