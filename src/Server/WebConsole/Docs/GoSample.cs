using System.Text;

namespace Gatehouse.WebConsole.Docs;

/// <summary>A sample in Go, with nothing but its standard library.</summary>
internal static class GoSample
{
    public static string Write(Sample sample, string address)
    {
        var body = Body(sample);
        var text = new StringBuilder("package main\n\nimport (\n");
        foreach (var package in Packages(sample).Order(StringComparer.Ordinal)) text.Add($"\t\"{package}\"\n");
        text.Append(")\n\nfunc main() {\n").Append(body);
        text.Add($"\trequest, err := http.NewRequest(\"{sample.Method}\", {Join(address + sample.Path)}, ");
        text.Append(body == "" ? "nil)\n" : "body)\n");
        text.Append("\tif err != nil {\n\t\tlog.Fatal(err)\n\t}\n");
        if (sample.Json is not null) text.Append("\trequest.Header.Set(\"Content-Type\", \"application/json\")\n");
        if (sample.HasForm)
            text.Append("\trequest.Header.Set(\"Content-Type\", \"application/x-www-form-urlencoded\")\n");
        text.Append(sample.Auth switch
        {
            null => "",
            "token" => $"\trequest.Header.Set(\"Authorization\", \"Bearer \"+{Variable("TOKEN")})\n",
            var secret => $"\trequest.SetBasicAuth({Variable("EMAIL")}, {Variable(secret.ToUpperInvariant())})\n",
        });
        return text.Append("""
            	reply, err := http.DefaultClient.Do(request)
            	if err != nil {
            		log.Fatal(err)
            	}
            	defer reply.Body.Close()
            	fmt.Println(reply.StatusCode)
            	io.Copy(os.Stdout, reply.Body)
            }

            """).ToString();
    }

    private static string Body(Sample sample)
    {
        if (sample.HasForm)
        {
            var fields = sample.Form.Select(field => $"\t\t{SampleText.Quote(field.Key)}: {{{Join(field.Value)}}},\n");
            return $"\tform := url.Values{{\n{Aligned(fields)}\t}}\n\tbody := strings.NewReader(form.Encode())\n";
        }

        if (sample.Json is null) return "";
        var record = SampleText.Indent(Record(sample), "\t");
        return $"\ttext, err := json.Marshal({record})\n\tif err != nil {{\n\t\tlog.Fatal(err)\n\t}}\n"
            + "\tbody := bytes.NewReader(text)\n";
    }

    private static string Record(Sample sample) => SampleText.Express(
        sample.Json,
        Variable,
        items => $"[]any{{{string.Join(", ", items)}}}",
        fields => $"map[string]any{{\n{Aligned(fields.Select(
            field => $"\t{SampleText.Quote(field.Name)}: {SampleText.Indent(field.Value, "\t")},\n"))}}}");

    /// <summary>Values in one column, as gofmt puts them.</summary>
    private static string Aligned(IEnumerable<string> fields)
    {
        var pairs = fields.Select(field => field.Split(": ", 2)).ToList();
        var width = pairs.Max(pair => pair[0].Length);
        return string.Concat(pairs.Select(pair => $"{pair[0]}:{new string(' ', width - pair[0].Length + 1)}{pair[1]}"));
    }

    private static string[] Packages(Sample sample)
    {
        string[] always = ["fmt", "io", "log", "net/http", "os"];
        return (sample.Json is not null, sample.HasForm) switch
        {
            (true, _) => [.. always, "bytes", "encoding/json"],
            (_, true) => [.. always, "net/url", "strings"],
            _ => always,
        };
    }

    private static string Variable(string name) => $"os.Getenv(\"{name}\")";

    private static string Join(string text) =>
        SampleText.Join(text, Variable).Replace(" + ", "+", StringComparison.Ordinal);
}
