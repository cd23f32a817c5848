using System.Runtime.InteropServices;
using BpfGen.CommandLine;

namespace BpfGen.Writing;

/// <summary>Writes the members of the class itself: how an object is read, attached and disposed of.</summary>
internal sealed class LiveObjectWriter(GeneratedClass target, CodeWriter code)
{
    private const string Data = "global::BpfCore.Specs.BpfObjectSpec";
    private const string Live = "global::BpfCore.Objects.BpfObject";
    private const string Links = "global::BpfCore.Links";
    private const string Observer = "global::BpfCore.Diagnostics.BpfObserver?";
    private const string Processor = "global::System.Runtime.InteropServices";

    private bool IsForProcessors => target.Request.Objects[0].Architecture is not null;

    /// <summary>Writes the members.</summary>
    public void Write()
    {
        WriteConstructor();
        WriteProperties();
        if (IsForProcessors)
        {
            WriteOpenForProcessors();
        }
        else
        {
            WriteOpen();
        }

        WriteOpenOthers();
        WriteLife();
    }

    private void WriteConstructor()
    {
        code.Separate();
        code.Open($"private {target.Name}({Live} bpf)");
        code.Line("Object = bpf;");
        code.Line("Maps = new(bpf);");
        code.Line("Programs = new(bpf);");
        code.Line("Variables = new(bpf);");
        code.Close();
    }

    private void WriteProperties()
    {
        code.Summary("The object with what is not typed.");
        code.Line($"public {Live} Object {{ get; }}");
        code.Summary("The maps.");
        code.Line("public LiveMaps Maps { get; }");
        code.Summary("The programs.");
        code.Line("public LivePrograms Programs { get; }");
        code.Summary("The global variables.");
        code.Line("public LiveVariables Variables { get; }");
    }

    private void WriteOpen()
    {
        code.Summary("Reads the object that is embedded in this assembly.");
        WriteReadingDocs();
        code.Line($"public static Spec Open({Observer} observer = null) =>");
        code.Body(Embedded(Literal.Of(target.Request.Objects[0].ResourceName)));
    }

    private void WriteOpenForProcessors()
    {
        code.Summary("Reads the object for this processor, which is embedded in this assembly.");
        WriteReadingDocs();
        WriteNoProcessorDoc();
        code.Line($"public static Spec Open({Observer} observer = null) =>");
        code.Body($"Open({Processor}.RuntimeInformation.ProcessArchitecture, observer);");
        code.Summary("Reads the object for a processor.");
        code.Line("/// <param name=\"architecture\">The processor.</param>");
        WriteReadingDocs();
        WriteNoProcessorDoc();
        code.Line($"public static Spec Open({Processor}.Architecture architecture, {Observer} observer = null) =>");
        code.Body(Embedded("ResourceFor(architecture)"));
    }

    private void WriteNoProcessorDoc() => code.Line(
        "/// <exception cref=\"global::System.PlatformNotSupportedException\">There is none for it.</exception>");

    private void WriteOpenOthers()
    {
        code.Summary("Reads an object file.");
        code.Line("/// <param name=\"path\">Its path.</param>");
        WriteReadingDocs();
        code.Line("/// <exception cref=\"global::BpfCore.BpfLayoutException\">It is another object.</exception>");
        code.Line("/// <exception cref=\"global::System.IO.IOException\">The file cannot be read.</exception>");
        code.Line($"public static Spec OpenFile(string path, {Observer} observer = null) =>");
        code.Body($"new(Checked({Data}.ReadFile(path, observer)));");
        WriteRead();
    }

    private void WriteRead()
    {
        code.Summary("Reads an object in memory.");
        code.Line("/// <param name=\"image\">Its bytes; they are kept and must not change.</param>");
        code.Line("/// <param name=\"name\">Its name, for messages and for the kernel.</param>");
        WriteReadingDocs();
        code.Line("/// <exception cref=\"global::BpfCore.BpfLayoutException\">It is another object.</exception>");
        code.Line("public static Spec Read(");
        code.Body($"global::System.ReadOnlyMemory<byte> image, string name, {Observer} observer = null) =>");
        code.Body($"new(Checked({Data}.Read(image, name, observer)));");
    }

    private void WriteReadingDocs()
    {
        code.Line("/// <param name=\"observer\">Is told what is found, or null.</param>");
        code.Line("/// <exception cref=\"global::BpfCore.BpfFormatException\">It is damaged.</exception>");
    }

    private void WriteLife()
    {
        code.Summary("Attaches the programs to the targets that their sections name, and struct_ops maps.");
        code.Line("/// <returns>The links; the caller owns them, disposing detaches.</returns>");
        code.Line("/// <exception cref=\"global::BpfCore.BpfException\">It was refused; none stays.</exception>");
        code.Line($"public {Links}.BpfLinkSet Attach() => {Links}.BpfLink.AttachAll(Object.Programs, Object.Maps);");
        code.Summary("Closes programs and maps. What is attached by links goes on running.");
        code.Line("public void Dispose() => Object.Dispose();");
        WriteCheck();
        if (IsForProcessors)
        {
            WriteResourceNames();
        }
    }

    // Not of the embedded objects: the class was written from them, so a look at them would only cost the start.
    private void WriteCheck()
    {
        code.Separate();
        code.Open($"private static {Data} Checked({Data} bpf)");
        code.Line("global::BpfCore.Typed.ObjectInterface.Check(bpf, Interface);");
        code.Line("return bpf;");
        code.Close();
    }

    private void WriteResourceNames()
    {
        code.Separate();
        code.Open($"private static string ResourceFor({Processor}.Architecture architecture) => architecture switch");
        foreach (ObjectInput input in target.Request.Objects)
        {
            code.Line($"{Processor}.Architecture.{input.Architecture} => {Literal.Of(input.ResourceName)},");
        }

        code.Line("_ => throw new global::System.PlatformNotSupportedException(");
        code.Body($"$\"there are BPF programs for {ProcessorNames()}, but none for {{architecture}}\"),");
        code.Close("};");
    }

    private string ProcessorNames() => string.Join(" and ", target.Request.Objects.Select(static input =>
        input.Architecture == Architecture.X64 ? "x86_64" : "arm64"));

    private string Embedded(string name) =>
        $"new(global::BpfCore.Typed.EmbeddedObject.Read(typeof({target.Name}), {name}, observer));";
}
