namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>
/// A data directory and settings on which servers run: one after the other, as after a kill, or several at once.
/// </summary>
public sealed class Installation : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string?> environment;

    private Installation(Dictionary<string, string?> environment)
    {
        this.environment = environment;
        Mailbox = new Mailbox(folder["data", "mail"]);
    }

    /// <summary>Where its servers keep everything.</summary>
    public string DataDirectory => folder["data"];

    /// <summary>The address of its database; null on SQLite.</summary>
    public string? Database => environment.GetValueOrDefault(Variable("Database"));

    /// <summary>What its servers sent, where mail is kept locally (the default).</summary>
    public Mailbox Mailbox { get; }

    /// <summary>
    /// One on <c>"sqlite"</c> or on a fresh database of <c>"postgres"</c>. Settings are named as in the documentation
    /// (<c>Mail:Smtp</c>); names that start with <c>$</c> are environment variables as they are.
    /// </summary>
    public static async Task<Installation> Create(
        string database = "sqlite", params (string Name, string Value)[] settings)
    {
        var environment = settings.ToDictionary(
            setting => setting.Name.StartsWith('$') ? setting.Name[1..] : Variable(setting.Name),
            string? (setting) => setting.Value,
            StringComparer.Ordinal);
        environment.TryAdd("DOTNET_ENVIRONMENT", "Development");
        if (database == "postgres")
            environment[Variable("Database")] = await (await TestRun.Postgres).CreateDatabase();
        return new Installation(environment);
    }

    /// <summary>Starts a server and waits until it is ready.</summary>
    public async Task<GatehouseServer> Start() => await GatehouseServer.WaitFor(await Launch(), this);

    /// <summary>Starts a server and does not wait for anything.</summary>
    public async Task<ChildProcess> Launch() => ChildProcess.StartAnswering(
        await Published.Server(), ["serve", "--urls", "http://127.0.0.1:0"], folder.Path, environment);

    /// <summary>Runs the server's binary to its end: an operator's verb, or a start that fails.</summary>
    public async Task<Outcome> Run(params string[] arguments) =>
        await ChildProcess.Run(await Published.Server(), arguments, folder.Path, environment);

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static string Variable(string setting) =>
        "Gatehouse__" + setting.Replace(":", "__", StringComparison.Ordinal);
}
