using System.Text;

namespace Gatehouse.WebConsole.Docs;

/// <summary>A sample in JavaScript. Save for its first line it runs in a browser as well.</summary>
internal static class JavaScriptSample
{
    public static string Write(Sample sample, string address)
    {
        var text = new StringBuilder();
        if (SampleText.VariablesOf(sample) is { Count: > 0 } used)
            text.Add($"const {{ {string.Join(", ", used)} }} = process.env;\n\n");
        foreach (var (index, (name, value)) in sample.Form.Index())
        {
            if (index == 0) text.Append("const form = new FormData();\n");
            text.Add($"form.append({SampleText.Quote(name)}, {Join(value)});\n");
        }

        text.Add($"const reply = await fetch({Join(address + sample.Path)}, {{\n");
        text.Add($"  method: {SampleText.Quote(sample.Method)},\n");
        var headers = Headers(sample).ToList();
        if (headers.Count > 0) text.Add($"  headers: {{\n{string.Concat(headers)}  }},\n");
        if (sample.HasForm) text.Append("  body: form,\n");
        if (sample.Json is not null)
            text.Add($"  body: JSON.stringify({SampleText.Indent(Record(sample), "  ")}),\n");
        return text.Append("});\nconsole.log(reply.status);\nconsole.log(await reply.text());\n").ToString();
    }

    private static IEnumerable<string> Headers(Sample sample)
    {
        const string Authorization = "    \"Authorization\": ";
        if (sample.Auth == "token") yield return $"{Authorization}\"Bearer \" + TOKEN,\n";
        else if (sample.Auth is { } secret)
            yield return $"{Authorization}\"Basic \" + btoa(EMAIL + \":\" + {secret.ToUpperInvariant()}),\n";
        if (sample.Json is not null) yield return "    \"Content-Type\": \"application/json\",\n";
    }

    private static string Record(Sample sample) => SampleText.Express(
        sample.Json,
        name => name,
        items => $"[{string.Join(", ", items)}]",
        fields => $"{{\n{string.Concat(fields.Select(
            field => $"  {field.Name}: {SampleText.Indent(field.Value, "  ")},\n"))}}}");

    private static string Join(string text) => SampleText.Join(text, name => name);
}
