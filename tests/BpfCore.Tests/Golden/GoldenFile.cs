using Xunit;

namespace BpfCore.Tests.Golden;

/// <summary>Compares a text with a committed file; UPDATE_GOLDEN=1 rewrites the file instead.</summary>
internal static class GoldenFile
{
    public static void Verify(string name, string actual)
    {
        string path = Path.Combine(Fixtures.Root, "tests", "BpfCore.Tests", "Golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path), actual);
    }
}
