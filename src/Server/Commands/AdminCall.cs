using System.Globalization;
using System.Text.Json;
using Gatehouse.Domain;

namespace Gatehouse.Commands;

/// <summary>One call of an <c>admin</c> verb: its words, its options, and where it prints.</summary>
internal sealed class AdminCall(
    IServiceProvider services, IReadOnlyList<string> words, string[] options, TextWriter output, TextWriter error)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>An operation.</summary>
    public TOperation Ask<TOperation>()
        where TOperation : notnull => services.GetRequiredService<TOperation>();

    /// <summary>A word behind the verb; empty when there are fewer.</summary>
    public string Word(int index) => words.ElementAtOrDefault(index) ?? "";

    /// <summary>The value of <c>--name value</c> or <c>--name=value</c>; null when it is not there.</summary>
    public string? Option(string name)
    {
        for (var i = 0; i < options.Length; i++)
        {
            if (options[i].StartsWith($"--{name}=", StringComparison.Ordinal)) return options[i][(name.Length + 3)..];
            if (options[i] == $"--{name}") return options.ElementAtOrDefault(i + 1) ?? "";
        }

        return null;
    }

    /// <summary>
    /// What is wrong with the call, held against how the verb is shown: too many or too few words, a value that is
    /// missing, or an option that it does not know. Options with a colon set the program up and are not its own.
    /// </summary>
    public string? Unknown(string shown)
    {
        var parts = shown.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var known = parts.Select(part => part.Trim('[', ']')).Where(IsOption).Append("--json").Append("--urls");
        var own = options.Where(option => IsOption(option) && !option.Contains(':'))
            .Select(option => option.Split('=')[0])
            .FirstOrDefault(option => !known.Contains(option, StringComparer.Ordinal));
        if (own is not null) return $"There is no option {own}.";
        var needed = parts.TakeWhile(part => !IsOption(part) && part[0] != '[').ToList();
        if (words.Count < needed.Count) return $"{needed[words.Count]} is missing.";
        return parts.Zip(parts.Skip(1))
            .Where(pair => IsOption(pair.First) && Option(pair.First[2..]) is null or "")
            .Select(pair => $"{pair.First} {pair.Second} is missing.")
            .FirstOrDefault();
    }

    private static bool IsOption(string word) => word.StartsWith("--", StringComparison.Ordinal);

    /// <summary>An amount of dollars, exact to the nano-dollar; null when it is none.</summary>
    public static Money? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars)
            ? Money.FromDollars(dollars)
            : null;

    /// <summary>A day or a moment, UTC; null when it is none.</summary>
    public static DateTime? Moment(string text) =>
        DateTime.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment)
            ? moment
            : null;

    /// <summary>Prints a record as JSON.</summary>
    public int Show<T>(T value)
    {
        output.WriteLine(JsonSerializer.Serialize(value, Indented));
        return 0;
    }

    /// <summary>Prints a sentence.</summary>
    public int Say(string sentence)
    {
        output.WriteLine(sentence);
        return 0;
    }

    /// <summary>Prints what went wrong.</summary>
    public int Fail(string sentence)
    {
        error.WriteLine(sentence);
        return 1;
    }
}
