using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

/// <summary>Apps and what belongs to them, from the command line to the wire.</summary>
public sealed class AppTests
{
    private const string Id = "01a20585-7bbf-78a9-9cd2-0ef7300e80b0";

    private const string App = """
        {"cloud":"gcp","region":"europe-west1","replicas":1,"role":"OWNER","size":0.2,"stack":"gigalixir-24",
         "unique_name":"engine","version":5}
        """;

    [Fact]
    public async Task Person_gets_a_table_of_apps()
    {
        await using var server = LoopbackServer.Always($"[{App}]");
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(new Ran(0, """
            Name    Replicas  Size  Region        Stack         Role
            engine  1         0.2   europe-west1  gigalixir-24  Owner

            """, ""), await machine.Run("apps"));
    }

    [Fact]
    public async Task Person_sees_what_runs_as_the_platform_reported_it()
    {
        await using var server = LoopbackServer.Always("""
            {"unique_name":"engine","replicas_desired":2,"replicas_running":1,"size":0.2,"cloud":"gcp",
             "region":"europe-west1","stack":"gigalixir-24","reported_at":"2027-06-15T10:00:01.5Z","pods":[
             {"name":"engine-1","sha":"f6e5","status":"Healthy","version":"7","lastState":{}},
             {"name":"engine-2","sha":"","status":"Starting","version":"","lastState":{}}]}
            """);
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(new Ran(0, """
            Name       engine
            Replicas   1 running, 2 wanted
            Reported   2027-06-15 10:00 UTC
            Size       0.2 GB
            Cloud      gcp
            Region     europe-west1
            Stack      gigalixir-24
            Instance   engine-1: Healthy, version 7, commit f6e5
            Instance   engine-2: Starting

            """, ""), await machine.Run("ps", "-a", "engine"));
    }

    [Theory]
    [InlineData("null", "nothing yet: the platform has not said what runs")]
    [InlineData("\"2027-06-15T10:00:01Z\"", "2027-06-15 10:00 UTC")]
    public async Task Person_sees_whether_anything_was_ever_reported(string reported, string text)
    {
        var told = App.Replace("}", $",\"replicas_running\":1,\"reported_at\":{reported}}}", StringComparison.Ordinal);
        await using var server = LoopbackServer.Always(told);
        using var machine = Machine.LoggedIn(server, hasPerson: true);
        var ran = await machine.Run("apps:info", "-a", "engine");

        Assert.Contains($"Reported    {text}\n", ran.Output, StringComparison.Ordinal);
        Assert.Contains("Running     1\n", ran.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apps:info", "GET /api/apps/engine", "")]
    [InlineData("apps:activity", "GET /api/apps/engine/activity", "")]
    [InlineData("ps", "GET /api/apps/engine/status", "")]
    [InlineData("status", "GET /api/apps/engine/status", "")]
    [InlineData("ps:restart", "PUT /api/apps/engine/restart", "{}")]
    [InlineData("ps:scale -r 2", "PUT /api/apps/engine/scale", """{"replicas":2}""")]
    [InlineData("scale --size=0.6", "PUT /api/apps/engine/scale", """{"size":0.6}""")]
    [InlineData("ps:scale -r 0 -s 1.0", "PUT /api/apps/engine/scale", """{"replicas":0,"size":1.0}""")]
    [InlineData("pg", "GET /api/apps/engine/databases", "")]
    [InlineData("pg:create", "POST /api/apps/engine/databases", """{"size":0.6}""")]
    [InlineData("create_database -s 4 -v POSTGRES_16", "POST /api/apps/engine/databases",
        """{"size":4,"version":"POSTGRES_16"}""")]
    [InlineData("pg:create --free -y", "POST /api/apps/engine/free_databases", "{}")]
    [InlineData($"pg:scale -d {Id} -s 1.7", $"PUT /api/apps/engine/databases/{Id}", """{"size":1.7}""")]
    [InlineData($"pg:destroy -d {Id} -y", $"DELETE /api/apps/engine/databases/{Id}", "")]
    [InlineData($"pg:restart -d {Id}", $"PUT /api/apps/engine/databases/{Id}/restart", "{}")]
    [InlineData($"pg:stop -d {Id}", $"PUT /api/apps/engine/databases/{Id}/stop", "{}")]
    [InlineData($"pg:start -d {Id}", $"PUT /api/apps/engine/databases/{Id}/start", "{}")]
    [InlineData($"pg:upgrade -d {Id} -v POSTGRES_17", $"POST /api/apps/engine/databases/{Id}/upgrade",
        """{"version":"POSTGRES_17"}""")]
    [InlineData($"pg:backups -d {Id}", $"GET /api/apps/engine/databases/{Id}/backups", "")]
    [InlineData($"pg:backups:restore -d {Id} -b b1", $"POST /api/apps/engine/databases/{Id}/backups/b1/restore", "{}")]
    [InlineData($"pg:read_replicas -d {Id}", $"GET /api/apps/engine/databases/{Id}/read_replicas", "")]
    [InlineData($"pg:read_replicas:create -d {Id} -s 0.6", $"POST /api/apps/engine/databases/{Id}/read_replicas",
        """{"size":0.6}""")]
    [InlineData("apps:maintenance:on", "PUT /api/apps/engine/maintenance", """{"enable":true}""")]
    [InlineData("apps:maintenance:off", "PUT /api/apps/engine/maintenance", """{"enable":false}""")]
    [InlineData("config:copy other", "POST /api/apps/engine/configs/copy", """{"from":"other"}""")]
    [InlineData("domains", "GET /api/apps/engine/domains", "")]
    [InlineData("domains:add www.example.com", "POST /api/apps/engine/domains", """{"fqdn":"www.example.com"}""")]
    [InlineData("delete_domain www.example.com", "DELETE /api/apps/engine/domains", """{"fqdn":"www.example.com"}""")]
    [InlineData("access", "GET /api/apps/engine/permissions", "")]
    [InlineData("access:add bob@example.com", "POST /api/apps/engine/permissions",
        """{"email":"bob@example.com","role":"COLLABORATOR"}""")]
    [InlineData("access:add bob@example.com --role viewer", "POST /api/apps/engine/permissions",
        """{"email":"bob@example.com","role":"VIEWER"}""")]
    [InlineData("access:remove bob@example.com", "DELETE /api/apps/engine/permissions",
        """{"email":"bob@example.com"}""")]
    [InlineData("config", "GET /api/apps/engine/configs", "")]
    [InlineData("config:set A=1 B=x=y", "POST /api/apps/engine/configs",
        """{"configs":{"A":"1","B":"x=y"},"avoid_restart":false}""")]
    [InlineData("config:unset A", "DELETE /api/apps/engine/configs", """{"key":"A"}""")]
    [InlineData("apps:destroy -y", "DELETE /api/apps/engine", "")]
    public async Task Command_sends_what_the_wire_says(string words, string line, string body)
    {
        await using var server = LoopbackServer.Always("{}");
        using var machine = Machine.LoggedIn(server).Set("GIGALIXIR_APP", "other");

        var ran = await machine.Run([.. words.Split(' '), "-a", "engine"]);

        Assert.True(ran.ExitCode == 0, ran.Error);
        var request = Assert.Single(server.Requests);
        Assert.Equal((line, body), (request.Line, request.Body));
    }

    [Theory]
    [InlineData("[]", 1, "There is no database to connect to.")]
    [InlineData("""[{"id":"1","state":"RECORDED","url":null}]""", 1, "There is no database to connect to.")]
    [InlineData("""[{"id":"1","state":"AVAILABLE","url":"u"},{"id":"2","state":"AVAILABLE","url":"v"}]""", 2,
        "There are 2 databases")]
    public async Task Psql_needs_one_database_that_is_there(string databases, int exitCode, string says)
    {
        await using var server = LoopbackServer.Always(databases);
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("pg:psql", "-a", "engine");

        Assert.Equal(exitCode, ran.ExitCode);
        Assert.Contains(says, ran.Error);
    }

    [Fact]
    public async Task App_is_named_by_the_environment_or_is_the_only_one_of_ones_own()
    {
        await using var server = LoopbackServer.Always($$"""[{"unique_name":"evil","role":"COLLABORATOR"},{{App}}]""");
        using var machine = Machine.LoggedIn(server);

        await machine.Run("domains");
        await machine.Set("GIGALIXIR_APP", "a/b").Run("domains");
        await machine.Set("GATEHOUSE_APP", "machine").Run("domains");

        Assert.Equal(
            ["GET /api/apps", "GET /api/apps/engine/domains", "GET /api/apps/a%2Fb/domains",
                "GET /api/apps/machine/domains"],
            server.Requests.Select(request => request.Line));
    }

    [Theory]
    [InlineData("[]", "There is no app yet.\n`gatehouse apps:create` makes one.\n")]
    [InlineData(
        """[{"unique_name":"evil","role":"COLLABORATOR"},{"unique_name":"odd"}]""",
        "None of the apps is your own; --app_name says which one.\n`gatehouse apps` lists them.\n")]
    [InlineData(
        """[{"unique_name":"a","role":"OWNER"},{"unique_name":"b","role":"OWNER"},{"unique_name":"c"}]""",
        "There are 2 apps; --app_name says which one.\n`gatehouse apps` lists them.\n")]
    public async Task Without_a_name_it_is_a_mistake_of_usage_that_names_the_flag(string apps, string said)
    {
        await using var server = LoopbackServer.Always(apps);
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(new Ran(2, "", said), await machine.Run("ps"));
    }

    [Theory]
    [InlineData("ps:scale -a x")]
    [InlineData("ps:scale -a x -r many")]
    [InlineData("ps:scale -a x -s -0.2")]
    [InlineData("pg:create -a x -s large")]
    [InlineData("config:set -a x A")]
    [InlineData("config:set -a x =1")]
    [InlineData("config:set -a x")]
    [InlineData("apps:destroy -y")]
    [InlineData("pg:destroy -a x -y -d ..")]
    [InlineData("pg:destroy -a x -y -d 7")]
    [InlineData("pg:destroy -a .. -y -d " + Id)]
    [InlineData("pg:scale -a x -s 4 -d ../..")]
    [InlineData("apps:destroy -a .. -y")]
    [InlineData("apps:destroy -a . -y")]
    [InlineData("apps:info -a ..")]
    [InlineData("ps:restart -a ..")]
    [InlineData("domains -a .")]
    [InlineData("access -a ..")]
    [InlineData("config:set -a .. A=1")]
    [InlineData("account:sessions:end ..")]
    public async Task Wrong_words_reach_no_server(string words)
    {
        await using var server = LoopbackServer.Always("{}");
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(2, (await machine.Run(words.Split(' '))).ExitCode);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("pg:destroy")]
    [InlineData("pg:scale -s 4")]
    public async Task Database_is_asked_for_and_named_when_there_is_none(string words)
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(404, "", "Not found"));
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith([Id, "y"], [.. words.Split(' '), "-a", "engine"]);

        Assert.Equal(1, ran.ExitCode);
        Assert.EndsWith(
            $"There is no database {Id}.\n`gatehouse pg` lists them.\n", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apps:destroy -a engine")]
    [InlineData($"pg:destroy -a engine -d {Id}")]
    [InlineData("pg:create -a engine --free")]
    public async Task Enter_is_no_yes(string words)
    {
        await using var server = LoopbackServer.Always("{}");
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(3, (await machine.RunWith([""], words.Split(' '))).ExitCode);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Variables_come_from_a_pipe_too()
    {
        await using var server = LoopbackServer.Always("{}");
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith(["A=1", "", "B= two "], "config:set", "--stdin", "-a", "engine");

        Assert.Equal(new Ran(0, "", "Set: A, B.\n"), ran);
        Assert.Contains("""{"A":"1","B":" two "}""", Assert.Single(server.Requests).Body);
    }
}
