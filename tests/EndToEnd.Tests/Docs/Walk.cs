using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gatehouse.EndToEnd.Tests.Clients;
using Gatehouse.EndToEnd.Tests.Harness;
using MimeKit;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Docs;

/// <summary>Somebody who works through the tables from top to bottom, with the samples of one language.</summary>
internal sealed partial class Walk(
    GatehouseServer server, string language, Dictionary<string, string> samples, Walk.Runner run)
{
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal);
    private readonly List<string> wrong = [];
    private Dictionary<string, Entry> entries = [];

    /// <summary>Runs a sample as it stands, in an environment.</summary>
    public delegate Task<Printed> Runner(string title, string text, IReadOnlyDictionary<string, string> environment);

    /// <summary>What was not as the tables say it; nothing when all was.</summary>
    public async Task<IReadOnlyList<string>> All()
    {
        var tables = new[] { SampleTable.Read("gigalixir"), SampleTable.Read("temporal") };
        entries = tables.SelectMany(table => table.Entries).ToDictionary(entry => entry.Title, StringComparer.Ordinal);
        Assert.Equal(entries.Keys.Order(StringComparer.Ordinal), samples.Keys.Order(StringComparer.Ordinal));
        foreach (var table in tables)
        {
            foreach (var (name, value) in table.Variables)
                variables[name] = Own(name, value);
            foreach (var entry in table.Entries)
                await Take(entry);
        }

        return wrong;
    }

    /// <summary>Every language has people of its own.</summary>
    private string Own(string name, string example) =>
        name == "USER_NAME" ? $"{example}-{language}"
        : name.EndsWith("EMAIL", StringComparison.Ordinal) ? $"{language}.{example}"
        : example;

    private async Task Take(Entry entry)
    {
        foreach (var title in entry.Before)
            await Take(entries[title]);
        if (samples[entry.Title].Contains("MFA_CODE", StringComparison.Ordinal))
            variables["MFA_CODE"] = SecondFactor.CodeNow(variables["MFA_URL"]);
        var before = server.Mailbox.Messages.Select(message => $"{message.MessageId}").ToHashSet();
        var printed = await run(entry.Title, samples[entry.Title], variables);
        var differences = printed.Status == entry.Status
            ? Shape.Differences(entry.Answer, JsonElement.Parse(printed.Body))
            : [$"{printed.Status} in place of {entry.Status}"];
        wrong.AddRange(differences.Select(difference => $"{entry.Title}: {difference}. {printed.Body}"));
        foreach (var (name, source) in entry.Keep)
            variables[name] = source[0] == '$' ? variables[source[1..]] : Read(printed.Body, source);
        foreach (var (name, to) in entry.Mail)
            variables[name] = await FromMail(name, variables[to[1..]], before);
    }

    private static string Read(string body, string source)
    {
        var value = JsonElement.Parse(body);
        foreach (var part in source.Split('.'))
        {
            value = value.ValueKind == JsonValueKind.Array
                ? value[int.Parse(part, CultureInfo.InvariantCulture)]
                : value.GetProperty(part);
        }

        return value.ToString();
    }

    private Task<string> FromMail(string name, string to, HashSet<string> before) => Eventually.Get(
        () => server.Mailbox.Messages
            .Where(message => !before.Contains($"{message.MessageId}"))
            .Where(message => message.To.Mailboxes.Any(mailbox => mailbox.Address == to))
            .Select(message => Find(name, message))
            .FirstOrDefault(found => found is not null),
        () => $"No mail to {to} with a {name}");

    private static string? Find(string name, MimeMessage message)
    {
        var found = name.EndsWith("CODE", StringComparison.Ordinal)
            ? Person.CodeOf(message)
            : Token().Match(message.TextBody ?? "").Groups["token"].Value;
        return found == "" ? null : found;
    }

    [GeneratedRegex(@"\?token=(?<token>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
