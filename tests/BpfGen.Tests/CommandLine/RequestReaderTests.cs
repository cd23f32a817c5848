using System.Runtime.InteropServices;
using BpfGen.CommandLine;
using Xunit;

namespace BpfGen.Tests.CommandLine;

public sealed class RequestReaderTests
{
    [Fact]
    public void Read_AllOptions_AreTakenOver()
    {
        Request request = RequestReader.Read(
        [
            "--namespace=A.B", "--class=C", "--accessibility=public", "--types=one; two", "--output=x.cs",
            "x64=a.o", "arm64=b/c.o",
        ])!;

        Assert.Equal("A.B", request.Namespace);
        Assert.Equal("C", request.ClassName);
        Assert.Equal(Accessibility.Public, request.Accessibility);
        Assert.Equal(["one", "two"], request.TypeNames);
        Assert.Equal("x.cs", request.OutputPath);
        Assert.Equal(
            [new ObjectInput("a.o", Architecture.X64), new ObjectInput("b/c.o", Architecture.Arm64)], request.Objects);
    }

    [Fact]
    public void Read_File_IsReadLineByLine()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("words");
        File.WriteAllLines(path, ["--namespace=", "--class=", "--namespace=", "/a b/x=y.o"]);

        Request request = RequestReader.Read([$"@{path}"])!;

        Assert.Null(request.Namespace);
        Assert.Equal([new ObjectInput("/a b/x=y.o", null)], request.Objects);
    }

    [Theory]
    [InlineData("no object is given", "--class=A")]
    [InlineData("'--class' has no value", "--class", "a.o")]
    [InlineData("there is no option '--colour'", "--colour=red", "a.o")]
    [InlineData("'secret' is not one of internal, public", "--accessibility=secret", "a.o")]
    [InlineData("'mips' is not one of the architectures x64, arm64", "mips=a.o")]
    [InlineData("each is for an architecture of its own", "a.o", "b.o")]
    [InlineData("each is for an architecture of its own", "a.o", "x64=b.o")]
    [InlineData("two objects are for the same architecture", "x64=a.o", "x64=b.o")]
    [InlineData("--types is both 'a' and 'b'", "--types=a", "--types=b", "x64=a.o", "arm64=b.o")]
    public void Read_WordWithoutMeaning_IsNamed(string expected, params string[] words) =>
        Assert.Contains(
            expected,
            Assert.Throws<UsageException>(() => RequestReader.Read(words)).Message,
            StringComparison.Ordinal);
}
