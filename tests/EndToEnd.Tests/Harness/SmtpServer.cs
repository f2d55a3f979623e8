using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MimeKit;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>How a mail server behaves.</summary>
public sealed record SmtpOptions
{
    /// <summary>Nothing is taken before STARTTLS.</summary>
    public bool StartTls { get; init; }

    /// <summary>TLS from the first byte, as on port 465.</summary>
    public bool ImplicitTls { get; init; }

    /// <summary>Name and password (<c>user:password</c>) without which nothing is taken.</summary>
    public string? Credentials { get; init; }

    /// <summary>How many messages are refused before one is taken.</summary>
    public int Refusals { get; init; }

    /// <summary>The reply that refuses; 4xx asks to try again later, 5xx not to.</summary>
    public string Refusal { get; init; } = "451 4.3.0 try again later";

    /// <summary>How long it takes to answer a message.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Where it listens; 0 lets the system choose.</summary>
    public int Port { get; init; }
}

/// <summary>What a mail server was told about a message, beside its text.</summary>
public sealed record Envelope(string File, string From, string[] To, string? User, bool Tls);

/// <summary>A word of the conversation: MAIL and RCPT with an address, or DATA.</summary>
public sealed record SmtpCommand(string Command, string? Address);

/// <summary>Debian's aiosmtpd on a free loopback port: a real conversation with a server that is not ours.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly TemporaryFolder folder;
    private readonly ChildProcess process;

    private SmtpServer(TemporaryFolder folder, ChildProcess process, SmtpOptions options, string port)
    {
        (this.folder, this.process) = (folder, process);
        Mailbox = new Mailbox(folder.Path);
        Url = new UriBuilder(options.ImplicitTls ? "smtps" : "smtp", "localhost", int.Parse(port, null))
        {
            UserName = options.Credentials?.Split(':')[0] ?? "",
            Password = options.Credentials?.Split(':')[1] ?? "",
        }.Uri;
    }

    /// <summary>Its address with name and password, as the setting <c>Mail:Smtp</c> takes it.</summary>
    public Uri Url { get; }

    /// <summary>The messages it took.</summary>
    public Mailbox Mailbox { get; }

    /// <summary>
    /// The certificate it shows. A program on OpenSSL trusts it with <c>SSL_CERT_FILE</c> set to this path.
    /// </summary>
    public string Certificate => folder["certificate.pem"];

    /// <summary>The envelopes of the messages it took, in order.</summary>
    public IReadOnlyList<Envelope> Envelopes => Read<Envelope>("envelopes.jsonl");

    /// <summary>All MAIL, RCPT and DATA that it heard, in order.</summary>
    public IReadOnlyList<SmtpCommand> Commands => Read<SmtpCommand>("commands.jsonl");

    /// <summary>The messages that it refused, the first one first.</summary>
    public IReadOnlyList<MimeMessage> Refused =>
    [
        .. Directory.EnumerateFiles(folder.Path, "refused-????").OrderDescending(StringComparer.Ordinal)
            .Select(file => MimeMessage.Load(file, Xunit.TestContext.Current.CancellationToken)),
    ];

    /// <summary>Starts one; it listens when this returns.</summary>
    public static async Task<SmtpServer> Start(SmtpOptions? options = null)
    {
        options ??= new SmtpOptions();
        var python = Component.Python.Need();
        var folder = new TemporaryFolder();
        MakeCertificate(folder);
        var script = Path.Combine(AppContext.BaseDirectory, "Harness", "smtp_server.py");
        var process = ChildProcess.Start(python, [script, folder.Path, .. Arguments(options, folder)], folder.Path);
        var port = await Eventually.Get(
            () => process.HasExited
                ? throw new InvalidOperationException($"The mail server did not start:\n{process.Output}")
                : process.Stdout.Split('\n') is [var line, ..] && line.Length > 0 ? line : null,
            () => $"The mail server is not ready:\n{process.Output}");
        return new SmtpServer(folder, process, options, port);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
    }

    private static IEnumerable<string> Arguments(SmtpOptions options, TemporaryFolder folder)
    {
        yield return $"--port={options.Port}";
        yield return "--certificate=" + folder["server.pem"];
        if (options.StartTls)
            yield return "--start-tls";
        if (options.ImplicitTls)
            yield return "--implicit-tls";
        if (options.Credentials is not null)
            yield return "--credentials=" + options.Credentials;
        yield return $"--refuse={options.Refusals}";
        yield return "--refusal=" + options.Refusal;
        yield return FormattableString.Invariant($"--delay={options.Delay.TotalSeconds}");
    }

    private T[] Read<T>(string list) => File.Exists(folder[list])
        ? [.. File.ReadLines(folder[list]).Select(line => JsonSerializer.Deserialize<T>(line, Json)!)]
        : [];

    private static void MakeCertificate(TemporaryFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var pem = certificate.ExportCertificatePem();
        File.WriteAllText(folder["certificate.pem"], pem);
        File.WriteAllText(folder["server.pem"], pem + "\n" + key.ExportPkcs8PrivateKeyPem());
    }
}
