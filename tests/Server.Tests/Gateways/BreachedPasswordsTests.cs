using System.Security.Cryptography;
using System.Text;
using Gatehouse.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Gatehouse.Tests.Gateways;

/// <summary>A list of stolen passwords may be asked: it learns five digits, and may be silent (T24).</summary>
public sealed class BreachedPasswordsTests
{
    private const string Stolen = "a horse that was stolen";
    private const string Fresh = "a horse in its stable";

    [Theory, EveryDatabase]
    public async Task Stolen_password_is_refused_and_five_digits_of_its_hash_are_all_that_is_told(Engine engine)
    {
        await using var list = await FakeList.Start();
        list.Answer = $"{new string('0', 35)}:7\r\n{RestOf(Stolen)}:3\r\n";
        await using var server = await TestServer.Start(engine, list.Setting);
        var uuid = await Confirmed(server);
        var refused = await server.Call("POST /api/signup", new { uuid, password = Stolen });
        Assert.Equal((422, """{"errors":{"password":["is too common"]}}"""), (refused.Status, refused.Body));
        Assert.Equal(HashOf(Stolen)[..5], Assert.Single(list.Asked));
        Assert.Equal("true", list.Padding);
        await server.Step(new { uuid, password = Fresh });
        await server.Step(new { uuid, tier = "FREE" });
        Assert.Equal([HashOf(Stolen)[..5], HashOf(Fresh)[..5]], list.Asked);
    }

    [Theory, EveryDatabase]
    public async Task Every_way_to_a_new_password_asks(Engine engine)
    {
        await using var list = await FakeList.Start();
        await using var server = await TestServer.Start(engine, list.Setting);
        var ada = await server.SignUp();
        await server.Call("PUT /api/users/reset_password", new { email = ada.Email });
        var token = (await server.ReadMail(ada.Email)).Token;
        list.Answer = $"{RestOf(Stolen)}:1";
        Answer[] answers =
        [
            await server.CallAs(ada, "PATCH /api/users/change_password", new { new_password = Stolen }),
            await server.Call("POST /api/users/reset_password", new { token, password = Stolen }),
            await server.Call("POST /api/free_users", new { email = "bob@example.org", password = Stolen }),
        ];
        Assert.All(answers, answer => Assert.Contains("is too common", answer.Body, StringComparison.Ordinal));
        Assert.Equal(200, (await server.LogIn(ada.Email, ada.Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Padding_and_other_hashes_refuse_nothing(Engine engine)
    {
        await using var list = await FakeList.Start();
        list.Answer = $"{RestOf(Fresh)}:0\r\n{RestOf(Stolen)}:9\r\nnonsense\r\n{RestOf(Fresh)}:\r\n:5";
        await using var server = await TestServer.Start(engine, list.Setting);
        await server.SignUp(password: Fresh);
        Assert.NotEmpty(list.Asked);
    }

    [Theory, EveryDatabase]
    public async Task List_that_fails_or_hangs_stops_nobody(Engine engine)
    {
        await using var list = await FakeList.Start();
        list.Answer = $"{RestOf(Stolen)}:3";
        await using var server = await TestServer.Start(engine, list.Setting);
        list.Status = 500;
        await server.SignUp("ada@example.org", Stolen);
        list.Status = FakeList.Never;
        var uuid = await Confirmed(server);
        var started = TimeProvider.System.GetTimestamp();
        await server.Step(new { uuid, password = Stolen });
        // A second of patience; the rest is for the hash, and for a machine that has other things to do.
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0.5, 15);
        var warnings = server.Log.Text.Split('\n').Where(line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.Equal(2, warnings.Count(line => line.Contains("passwords.unchecked: ", StringComparison.Ordinal)));
        Assert.DoesNotContain(HashOf(Stolen)[..5], server.Log.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, EveryDatabase]
    public async Task Nobody_is_asked_unless_the_operator_wants_it(Engine engine)
    {
        await using var list = await FakeList.Start();
        list.Answer = $"{RestOf(Stolen)}:3";
        await using var server = await TestServer.Start(engine);
        await server.SignUp(password: Stolen);
        Assert.Empty(list.Asked);
    }

    private static async Task<string> Confirmed(TestServer server)
    {
        var uuid = await server.StartSignUp("eve@example.org");
        await server.Step(new { uuid, confirmation_code = (await server.ReadMail("eve@example.org")).Code });
        return uuid;
    }

    private static string RestOf(string password) => HashOf(password)[5..];

    private static string HashOf(string password) =>
#pragma warning disable CA5350 // What such lists are sorted by.
        Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350

    /// <summary>A list on loopback.</summary>
    private sealed class FakeList : IAsyncDisposable
    {
        public const int Never = -1;
        private readonly WebApplication app;
        private readonly List<string> asked = [];

        private FakeList(WebApplication app) => this.app = app;

        public IReadOnlyList<string> Asked => asked;

        public string Answer { get; set; } = "";

        public int Status { get; set; } = 200;

        public string Padding { get; private set; } = "";

        public (string Name, string Value) Setting =>
            ("Accounts:BreachedPasswordsUrl", $"{app.Urls.First()}/range/");

        public static async Task<FakeList> Start()
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions
            {
                Args = ["--urls=http://127.0.0.1:0", "--hostBuilder:reloadConfigOnChange=false"],
            });
            builder.Logging.ClearProviders();
            var list = new FakeList(builder.Build());
            list.app.MapGet("/range/{prefix}", list.Reply);
            await list.app.StartAsync();
            return list;
        }

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        private async Task<IResult> Reply(string prefix, HttpContext http)
        {
            asked.Add(prefix);
            Padding = http.Request.Headers["Add-Padding"].ToString();
            if (Status == Never) await UntilGone(http.RequestAborted);
            return Results.Text(Answer, statusCode: Status == Never ? 500 : Status);
        }

        private static async Task UntilGone(CancellationToken aborted)
        {
            var end = new TaskCompletionSource();
            await using var ended = aborted.Register(end.SetResult);
            await end.Task;
        }
    }
}
