using System.Text;
using Gatehouse.WebConsole.Docs;

namespace Gatehouse.Tests.WebConsole.Docs;

/// <summary>A table of samples as a document: the first language in the open, the others to be unfolded.</summary>
internal static class ApiDocument
{
    public static string Write(SampleBook book, string address)
    {
        var text = new StringBuilder($"# {book.Name}\n\n");
        text.Add($"Made from `src/Server/WebConsole/Docs/{book.Slug}.json`; a running server shows the same with its ")
            .Add($"own address at `/docs/api/{book.Slug}`.\n\n");
        foreach (var paragraph in book.About) text.Add($"{paragraph}\n\n");
        text.Append("Samples read what is yours from the environment:\n\n```sh\n");
        foreach (var (name, example) in book.Variables) text.Add($"export {name}='{example}'\n");
        text.Append("```\n\nWhat an answer says to keep for later joins them: `export NAME='…'`.\n");
        text.Append("\nWhat they need to run as they stand:\n\n");
        foreach (var language in Language.All) text.Add($"* {language.Name}: {language.Needs}\n");
        foreach (var section in book.Sections)
        {
            text.Add($"\n## {section.Name}\n");
            foreach (var sample in section.Samples) Write(text, book, sample, address);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, SampleBook book, Sample sample, string address)
    {
        text.Add($"\n### {sample.Title}\n\n`{sample.Route}`\n\n{sample.About} {sample.CredentialsSentence}\n");
        if (sample.Before.Count > 0)
            text.Add($"\nFirst: {string.Join(", ", sample.Before.Select(title => Link(book, title)))}\n");
        foreach (var (index, language) in Language.All.Index())
        {
            if (index > 0) text.Add($"\n<details><summary>{language.Name}</summary>\n");
            text.Add($"\n```{language.Fence}\n{language.Write(sample, address)}```\n");
            if (index > 0) text.Append("\n</details>\n");
        }

        text.Add($"\nAnswers {sample.Status}:\n\n```json\n{SampleText.Pretty(sample.Answer)}\n```\n");
        if (sample.KeptSentences.Count > 0)
            text.Add($"\nKeep for later: {string.Join("; ", sample.KeptSentences)}.\n");
    }

    /// <summary>It may stand in the document of the other dialect.</summary>
    private static string Link(SampleBook here, string title)
    {
        var (book, sample) = SampleBook.Find(title);
        return $"[{title}]({(book == here ? "" : $"{book.Slug}.md")}#{sample.Anchor})";
    }
}
