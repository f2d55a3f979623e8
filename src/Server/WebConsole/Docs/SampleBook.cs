using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gatehouse.WebConsole.Docs;

/// <summary>
/// Samples of one dialect, in an order in which they work one after the other. They stand in a table of data beside
/// this file; text in every language, pages, docs/api and the tests that run them are all made from it.
/// </summary>
/// <param name="Name">The title of its page.</param>
/// <param name="Slug">Its address below <c>/docs/api</c>.</param>
/// <param name="About">Paragraphs; code stands between backticks.</param>
/// <param name="Variables">What is the reader's own, with an example; read from the environment.</param>
/// <param name="Sections">Samples by noun.</param>
public sealed record SampleBook(
    string Name,
    string Slug,
    IReadOnlyList<string> About,
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyList<SampleSection> Sections)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The dialects, in the order in which they are shown.</summary>
    public static IReadOnlyList<SampleBook> All { get; } = [Read("gigalixir"), Read("temporal")];

    /// <summary>Every sample, in order.</summary>
    public IEnumerable<Sample> Samples => Sections.SelectMany(section => section.Samples);

    /// <summary>The sample of that title, in whichever book it stands.</summary>
    public static (SampleBook Book, Sample Sample) Find(string title) => All
        .SelectMany(book => book.Samples, (book, sample) => (book, sample))
        .First(found => found.sample.Title == title);

    private static SampleBook Read(string slug)
    {
        using var table = typeof(SampleBook).Assembly.GetManifestResourceStream($"docs.{slug}.json");
        return JsonSerializer.Deserialize<SampleBook>(table!, Strict)!;
    }
}

/// <summary>Samples of one noun.</summary>
public sealed record SampleSection(string Name, IReadOnlyList<Sample> Samples);

/// <summary>One request and its answer. <c>$NAME</c> in a text stands for a variable.</summary>
/// <param name="Title">An imperative; unique, and what <see cref="Before"/> names.</param>
/// <param name="Route">Method and path.</param>
/// <param name="About">What it does and what to mind; code stands between backticks.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Answer">An example of the answer: its names and kinds of values are the real ones.</param>
public sealed record Sample(string Title, string Route, string About, int Status, JsonNode Answer)
{
    /// <summary><c>key</c>, <c>token</c>, <c>password</c>, or null for anybody.</summary>
    public string? Auth { get; init; }

    /// <summary>A body in JSON.</summary>
    public JsonObject? Json { get; init; }

    /// <summary>A body of form fields.</summary>
    public IReadOnlyDictionary<string, string> Form { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Variables for later samples: where in the answer they stand, or which variable they repeat.</summary>
    public IReadOnlyDictionary<string, string> Keep { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Variables that come by mail, and to which address.</summary>
    public IReadOnlyDictionary<string, string> Mail { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Titles of samples that have to be run right before this one.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>The method.</summary>
    public string Method => Route.Split(' ')[0];

    /// <summary>The path with its query.</summary>
    public string Path => Route.Split(' ')[1];

    /// <summary>Its place on the page.</summary>
    public string Anchor =>
        string.Concat(Title.ToLowerInvariant().Replace(' ', '-').Where(c => c is '-' || char.IsLetter(c)));

    /// <summary>Whether it has fields of a form.</summary>
    public bool HasForm => Form.Count > 0;

    /// <summary>Who may ask, for people.</summary>
    public string CredentialsSentence => Auth switch
    {
        "key" => "Needs an API key.",
        "token" => "Needs a token.",
        "password" => "Needs the password.",
        _ => "For anybody.",
    };

    /// <summary>What later samples need, for people; code stands between backticks.</summary>
    public IReadOnlyList<string> KeptSentences =>
    [
        .. Keep.Select(kept => kept.Value.StartsWith('$')
            ? $"`{kept.Key}` is now `{kept.Value}`"
            : $"`{kept.Value}` as `{kept.Key}`"),
        .. Mail.Select(mail => $"`{mail.Key}` from the mail to `{mail.Value}`"),
    ];
}
