using BpfCore.Kernel;

namespace BpfCore.Tests.Kernel;

/// <summary>A directory that stands for <c>/</c>, removed on disposal.</summary>
internal sealed class FakeTree : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("bpfcore-tree-");

    public KernelFiles Files => new(_root.FullName);

    public FakeTree With(string path, string text) => With(path, System.Text.Encoding.UTF8.GetBytes(text));

    public FakeTree With(string path, byte[] contents)
    {
        File.WriteAllBytes(PathTo(path), contents);
        return this;
    }

    public FakeTree WithLink(string path, string target)
    {
        File.CreateSymbolicLink(PathTo(path), target);
        return this;
    }

    public string PathTo(string path)
    {
        string full = Path.Join(_root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }

    public void Dispose() => _root.Delete(recursive: true);
}
