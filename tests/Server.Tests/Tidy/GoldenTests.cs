using Xunit;

namespace Gatehouse.Tests.Tidy;

public sealed class GoldenTests : IDisposable
{
    private const string Name = "Mail/Welcome.txt";
    private readonly string folder = Directory.CreateTempSubdirectory("golden").FullName;

    [Fact]
    public void Missing_file_is_written()
    {
        Golden.Matches(folder, Name, "Hello\r\n", Golden.Mode.Learn);
        Assert.Equal("Hello\n", File.ReadAllText(Path.Combine(folder, Name)));
    }

    [Fact]
    public void Missing_file_fails_where_nothing_is_written()
    {
        Assert.ThrowsAny<Exception>(() => Golden.Matches(folder, Name, "Hello\n", Golden.Mode.Compare));
        Assert.False(File.Exists(Path.Combine(folder, Name)));
    }

    [Theory]
    [InlineData(Golden.Mode.Learn)]
    [InlineData(Golden.Mode.Compare)]
    public void Difference_fails_and_names_its_line(Golden.Mode mode)
    {
        Golden.Matches(folder, Name, "Hello\nold\n", Golden.Mode.Update);
        var failure = Assert.ThrowsAny<Exception>(() => Golden.Matches(folder, Name, "Hello\nnew\n", mode));
        Assert.Contains("line 2", failure.Message);
        Golden.Matches(folder, Name, "Hello\nold\n", mode);
    }

    [Fact]
    public void Update_writes_anew()
    {
        Golden.Matches(folder, Name, "old\n", Golden.Mode.Update);
        Golden.Matches(folder, Name, "new\n", Golden.Mode.Update);
        Golden.Matches(folder, Name, "new\n", Golden.Mode.Compare);
    }

    [Theory]
    [InlineData(null, null, Golden.Mode.Learn)]
    [InlineData(null, "1", Golden.Mode.Update)]
    [InlineData("true", null, Golden.Mode.Compare)]
    [InlineData("true", "1", Golden.Mode.Compare)]
    public void Environment_decides_what_is_written(string? ci, string? update, Golden.Mode mode) =>
        Assert.Equal(mode, Golden.ModeOf(name => name == "CI" ? ci : update));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
