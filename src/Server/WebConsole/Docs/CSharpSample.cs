using System.Text;

namespace Gatehouse.WebConsole.Docs;

/// <summary>A sample in C#: one file without a project, or the body of any program.</summary>
internal static class CSharpSample
{
    public static string Write(Sample sample, string address)
    {
        var text = new StringBuilder();
        if (sample.Auth is not null) text.Append("using System.Net.Http.Headers;\n");
        if (sample.Json is not null || sample.Auth is "key" or "password") text.Append("using System.Text;\n");
        if (sample.Json is not null) text.Append("using System.Text.Json.Nodes;\n");
        if (text.Length > 0) text.Append('\n');
        text.Append("using var http = new HttpClient();\n");
        text.Add($"using var request = new HttpRequestMessage(HttpMethod.{SampleText.Capitalized(sample.Method)},\n");
        text.Add($"    {Join(address + sample.Path)});\n");
        text.Append(sample.Auth switch
        {
            null => "",
            "token" => "request.Headers.Authorization = new AuthenticationHeaderValue(\"Bearer\", Env(\"TOKEN\"));\n",
            var secret => "request.Headers.Authorization = new AuthenticationHeaderValue(\"Basic\",\n"
                + "    Convert.ToBase64String(Encoding.UTF8.GetBytes("
                + $"Env(\"EMAIL\") + \":\" + Env(\"{secret.ToUpperInvariant()}\"))));\n",
        });
        text.Append(Body(sample));
        text.Append("using var reply = await http.SendAsync(request);\n");
        text.Append("Console.WriteLine((int)reply.StatusCode);\n");
        text.Append("Console.WriteLine(await reply.Content.ReadAsStringAsync());\n");
        if (SampleText.VariablesOf(sample).Count > 0)
            text.Append("\nstatic string Env(string name) => Environment.GetEnvironmentVariable(name) ?? \"\";\n");
        return text.ToString();
    }

    private static string Body(Sample sample)
    {
        if (sample.HasForm)
        {
            var fields = sample.Form.Select(
                field => $"    [{SampleText.Quote(field.Key)}] = {Join(field.Value)},\n");
            return "request.Content = new FormUrlEncodedContent(new Dictionary<string, string>\n{\n"
                + $"{string.Concat(fields)}}});\n";
        }

        return sample.Json is null ? "" : $"var body = {Record(sample)};\n"
            + "request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, \"application/json\");\n";
    }

    private static string Record(Sample sample) => SampleText.Express(
        sample.Json,
        Variable,
        items => $"new JsonArray({string.Join(", ", items)})",
        fields => $"new JsonObject\n{{\n{string.Concat(fields.Select(
            field => $"    [{SampleText.Quote(field.Name)}] = {SampleText.Indent(field.Value, "    ")},\n"))}}}");

    private static string Variable(string name) => $"Env(\"{name}\")";

    private static string Join(string text) => SampleText.Join(text, Variable);
}
