using BpfGen.CommandLine;
using BpfGen.Writing;

namespace BpfGen;

/// <summary>Carries out what the command line asks for.</summary>
internal static class Tool
{
    /// <summary>Writes the class that a request asks for.</summary>
    /// <exception cref="GenerationException">No class can be made of the objects.</exception>
    /// <exception cref="BpfCore.BpfException">An object is damaged or not supported.</exception>
    /// <exception cref="IOException">An object cannot be read, or the class cannot be written.</exception>
    public static void Run(Request request)
    {
        string text = Generate(request);
        if (request.OutputPath is { } path)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllText(path, text);
        }
        else
        {
            Console.Out.Write(text);
        }
    }

    /// <summary>The class that a request asks for.</summary>
    public static string Generate(Request request) => ClassWriter.Write(GeneratedClass.Read(request));
}
