using System.Text;

namespace Gatehouse.WebConsole.Docs;

/// <summary>A sample in Python, with the library that most scripts use.</summary>
internal static class PythonSample
{
    public static string Write(Sample sample, string address)
    {
        var text = new StringBuilder();
        if (SampleText.VariablesOf(sample).Count > 0) text.Append("import os\n\n");
        text.Append("import requests\n\n");
        text.Add($"reply = requests.{sample.Method.ToLowerInvariant()}(\n");
        text.Add($"    {Join(address + sample.Path)},\n");
        text.Append(sample.Auth switch
        {
            null => "",
            "token" => $"    headers={{\"Authorization\": \"Bearer \" + {Variable("TOKEN")}}},\n",
            var secret => $"    auth=({Variable("EMAIL")}, {Variable(secret.ToUpperInvariant())}),\n",
        });
        if (sample.HasForm)
        {
            var fields = sample.Form.Select(field => (field.Key, Join(field.Value)));
            text.Add($"    data={SampleText.Indent(Record(fields), "    ")},\n");
        }

        if (sample.Json is not null)
        {
            var body = SampleText.Express(sample.Json, Variable, items => $"[{string.Join(", ", items)}]", Record);
            text.Add($"    json={SampleText.Indent(Words(body), "    ")},\n");
        }

        return text.Append(")\nprint(reply.status_code)\nprint(reply.text)\n").ToString();
    }

    private static string Record(IEnumerable<(string Name, string Value)> fields) =>
        $"{{\n{string.Concat(fields.Select(
            field => $"    {SampleText.Quote(field.Name)}: {SampleText.Indent(field.Value, "    ")},\n"))}}}";

    /// <summary>Python spells three words with a capital.</summary>
    private static string Words(string body) => body
        .Replace(": true,", ": True,", StringComparison.Ordinal)
        .Replace(": false,", ": False,", StringComparison.Ordinal)
        .Replace(": null,", ": None,", StringComparison.Ordinal);

    private static string Variable(string name) => $"os.environ[\"{name}\"]";

    private static string Join(string text) => SampleText.Join(text, Variable);
}
