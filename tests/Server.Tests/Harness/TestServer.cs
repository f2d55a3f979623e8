using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gatehouse.Commands;
using Gatehouse.Data;
using Gatehouse.Gateways;
using Gatehouse.Jobs;
using Gatehouse.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gatehouse.Tests.Harness;

/// <summary>
/// The very program, in this process: real HTTP on a free port, a real database, a clock that only the test moves. Its
/// jobs run when the test says so. The test is a listed proxy, so a request may come from any address.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    public const string PublicUrl = "https://accounts.example.org";

    /// <summary>When every test begins.</summary>
    public static readonly DateTimeOffset Beginning = new(2027, 6, 15, 10, 0, 0, TimeSpan.Zero);

    /// <summary>For tests that want passwords to cost something: the cheapest that a server accepts.</summary>
    public static readonly (string Name, string Value)[] RealHashing =
        [("Accounts:Hashing:MemoryKiB", "7168"), ("Accounts:Hashing:Passes", "5")];

    /// <summary>
    /// What a password costs in all others, whose passwords nobody guesses: as little as libsodium bears. No server
    /// would start with that, so it is put in after the settings were judged.
    /// </summary>
    public static readonly HashingSettings CheapHashing = new() { MemoryKiB = 8, Passes = 1 };

    /// <summary>The one setting that is not ours: for tests that read what is logged, which costs much time.</summary>
    public static readonly (string Name, string Value) LogEverything = ("Logging:LogLevel:Default", "Trace");

    private readonly TestServer? twin;
    private readonly DirectoryInfo folder;
    private readonly TestDatabase database;
    private readonly FakeTimeProvider time;
    private readonly WebApplication app;
    private readonly HttpClient client;

    private TestServer(
        DirectoryInfo folder, TestDatabase database, FakeTimeProvider time, TestServer? twin, WebApplication app)
    {
        (this.folder, this.database, this.time, this.twin, this.app) = (folder, database, time, twin, app);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        };
        client = new HttpClient(handler) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public Uri Address => client.BaseAddress!;

    public string DataDirectory => folder.FullName;

    public TestDatabase Database => database;

    public IServiceProvider Services => app.Services;

    public CapturedLog Log { get; private init; } = new();

    public DateTime Now => time.GetUtcNow().UtcDateTime;

    public PasswordHashing Hashing => Services.GetRequiredService<PasswordHashing>();

    public HotReads HotReads => Services.GetRequiredService<HotReads>();

    /// <summary>A server with a database of its own.</summary>
    public static async Task<TestServer> Start(Engine engine, params IEnumerable<(string Name, string Value)> settings)
    {
        var folder = Directory.CreateTempSubdirectory("gatehouse-test-");
        var database = await TestDatabase.Create(engine, folder.FullName);
        return await Start(folder, database, new FakeTimeProvider(Beginning), twin: null, settings);
    }

    /// <summary>One more node on the same database, under the same clock.</summary>
    public Task<TestServer> StartTwin(params IEnumerable<(string Name, string Value)> settings) =>
        Start(folder, database, time, this, settings);

    /// <summary>Moves the clock, forward or back.</summary>
    public void Pass(TimeSpan by) => time.AdjustTime(time.GetUtcNow() + by);

    /// <summary>Asks, for example <c>POST /api/signup</c>; a body that is no text is sent as JSON.</summary>
    public async Task<Answer> Call(
        string what, object? body = null, string? from = null, string? authorization = null,
        params IEnumerable<(string Name, string Value)> headers)
    {
        var words = what.Split(' ', 2);
        using var request = new HttpRequestMessage(HttpMethod.Parse(words[0]), words[1]) { Content = ContentOf(body) };
        if (from is not null) request.Headers.Add("X-Forwarded-For", from);
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        // A body that will be refused unread would meet a closed connection half-way.
        if (request.Content?.Headers.ContentLength > Composition.LargestBody) request.Headers.ExpectContinue = true;
        using var response = await client.SendAsync(request);
        if ((int)response.StatusCode == 500) TestContext.Current.TestOutputHelper?.WriteLine(Log.Faults);
        return await Answer.Of(response);
    }

    /// <summary>A second goes by and the jobs run.</summary>
    public async Task RunJobs()
    {
        Pass(TimeSpan.FromSeconds(1));
        await Services.GetRequiredService<JobRunner>().RunDue(CancellationToken.None);
    }

    /// <summary>All mail of this server, the newest first; what waits is sent before.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> ReadMail()
    {
        do await RunJobs();
        while (await Ask<Db, bool>(db => db.OutboxMails.AnyAsync(mail => mail.Attempts == 0)));
        return [.. Services.GetRequiredService<LocalMailbox>().List().Select(ReceivedMail.Of)];
    }

    /// <summary>The newest mail to an address.</summary>
    public async Task<ReceivedMail> ReadMail(string to) => (await ReadMail()).First(mail => mail.To == to);

    /// <summary>Asks one of the server's own services, in a scope of its own.</summary>
    public async Task<TAnswer> Ask<TService, TAnswer>(Func<TService, Task<TAnswer>> question)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.StopAsync(CancellationToken.None);
        await using (var scope = app.Services.CreateAsyncScope())
            TestDatabase.CloseIdle(scope.ServiceProvider.GetRequiredService<Db>());
        await app.DisposeAsync();
        if (twin is null) folder.Delete(recursive: true);
    }

    private static async Task<TestServer> Start(
        DirectoryInfo folder, TestDatabase database, FakeTimeProvider time, TestServer? twin,
        IEnumerable<(string Name, string Value)> settings)
    {
        folder.CreateSubdirectory("wwwroot"); // or each server would warn that there is none
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = "Production",
            ContentRootPath = folder.FullName,
            Args = ["--hostBuilder:reloadConfigOnChange=false", "--urls=http://127.0.0.1:0"],
        });
        builder.Configuration.AddInMemoryCollection(Configuration(folder, database));
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(
            setting == LogEverything ? setting.Name : $"Gatehouse:{setting.Name}", (string?)setting.Value)));
        builder.Services.AddSingleton(new Clock(time));
        var (read, mistakes) = SettingsReader.Read(builder.Configuration, development: false);
        Assert.Empty(mistakes);
        var app = Program.Compose(builder, Cheap(read));
        var log = new CapturedLog();
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        await Prepare.Run(app, CancellationToken.None);
        await app.StartAsync(CancellationToken.None);
        return new TestServer(folder, database, time, twin, app) { Log = log };
    }

    private static Settings Cheap(Settings read)
    {
        var (asked, usual) = (read.Accounts.Hashing, new HashingSettings());
        if (asked.MemoryKiB != usual.MemoryKiB) return read;
        var cheap = asked with { MemoryKiB = CheapHashing.MemoryKiB, Passes = CheapHashing.Passes };
        return read with { Accounts = read.Accounts with { Hashing = cheap } };
    }

    private static Dictionary<string, string?> Configuration(DirectoryInfo folder, TestDatabase database) => new()
    {
        ["Gatehouse:DataDirectory"] = folder.FullName,
        ["Gatehouse:Database"] = database.Setting,
        ["Gatehouse:PublicUrl"] = PublicUrl,
        ["Gatehouse:Proxies:0"] = "127.0.0.1",
        ["Gatehouse:Mail:Smtp"] = "local",
        ["Gatehouse:Payments:Provider"] = "sandbox",
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:Console:LogLevel:Default"] = "None",
    };

    private static HttpContent? ContentOf(object? body) => body switch
    {
        null => null,
        HttpContent content => content,
        string text => new StringContent(text, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json")),
        _ => new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
    };
}
