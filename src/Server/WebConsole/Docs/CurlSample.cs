using System.Text;

namespace Gatehouse.WebConsole.Docs;

/// <summary>A sample for a shell. Bodies are here-documents, so that variables stand in them as they are.</summary>
internal static class CurlSample
{
    public static string Write(Sample sample, string address)
    {
        var text = new StringBuilder("curl -i");
        if (Method(sample) is { } method) text.Append(" -X ").Append(method);
        text.Add($" \"{address}{sample.Path}\"");
        text.Append(sample.Auth switch
        {
            "key" => " \\\n  -u \"$EMAIL:$KEY\"",
            "password" => " \\\n  -u \"$EMAIL:$PASSWORD\"",
            "token" => " \\\n  -H \"Authorization: Bearer $TOKEN\"",
            _ => "",
        });
        foreach (var (name, value) in sample.Form) text.Add($" \\\n  --form-string \"{name}={value}\"");
        if (sample.Json is not null) text.Add($" \\\n  --json @- <<JSON\n{SampleText.Pretty(sample.Json)}\nJSON");
        return text.Append('\n').ToString();
    }

    /// <summary>Null where curl guesses it.</summary>
    private static string? Method(Sample sample) =>
        sample.Method == (sample.Json is not null || sample.HasForm ? "POST" : "GET") ? null : sample.Method;
}
